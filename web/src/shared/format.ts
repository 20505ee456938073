// Times and clocks in the words people use; pure, with the present passed in.
const zone = "Asia/Shanghai";
const day_parts = new Intl.DateTimeFormat("zh-CN", {
  timeZone: zone, year: "numeric", month: "numeric", day: "numeric", weekday: "short",
  hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

interface Parts { year: number; month: number; day: number; weekday: string; time: string }

function parts_of(at: number): Parts {
  const map = Object.fromEntries(day_parts.formatToParts(at).map((p) => [p.type, p.value]));
  return {
    year: Number(map.year), month: Number(map.month), day: Number(map.day),
    weekday: map.weekday ?? "", time: `${map.hour}:${map.minute}`,
  };
}

export function clock_time(at: number): string {
  return parts_of(at).time;
}

/** "10:32" today, "昨天 10:32", "11月20日 10:32", with the year when it is another one. */
export function when(at: number, now: number): string {
  const a = parts_of(at);
  const n = parts_of(now);
  const y = parts_of(now - 86400000);
  if (a.year === n.year && a.month === n.month && a.day === n.day) return a.time;
  if (a.year === y.year && a.month === y.month && a.day === y.day) return `昨天 ${a.time}`;
  const date = `${a.month}月${a.day}日 ${a.time}`;
  return a.year === n.year ? date : `${a.year}年${date}`;
}

export function day_and_time(at: number): string {
  const p = parts_of(at);
  return `${p.month}月${p.day}日 ${p.weekday} ${p.time}`;
}

/** A length of time, rounded down: "5 分钟", "3 小时 12 分", "31 小时", "2 天". Two days are counted in hours. */
export function span(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / 60000);
  if (minutes < 1) return "不到 1 分钟";
  if (minutes < 60) return `${minutes} 分钟`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} 小时` : `${hours} 小时 ${minutes % 60} 分`;
  return hours < 48 ? `${hours} 小时` : `${Math.floor(hours / 24)} 天`;
}

/** "02:10" below an hour, else as span(). */
export function countdown(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  if (seconds >= 3600) return span(ms);
  return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}

/** "2026-12-01" to "12月1日". */
export function short_date(iso: string): string {
  const [, month, day] = iso.split("-");
  return month && day ? `${Number(month)}月${Number(day)}日` : iso;
}
