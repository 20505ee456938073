// The words around an article: they promise its text only where the text is there.
import type { Article, Citation } from "../shared/chat_types";
import { texts } from "./texts";

/** The article's own paragraphs; empty where no text was imported. */
export function article_lines(article: Article | null): string[] {
  return article?.text?.split("\n").map((l) => l.trim()).filter(Boolean) ?? [];
}

export function article_title(citation: Citation, article: Article | null): string {
  return `《${article?.full ?? citation.full ?? citation.law}》${article?.article ?? citation.article}`;
}

/** What stands above the title: the original is named only when it is shown. */
export function article_kind(article: Article | null): string {
  return article_lines(article).length ? "法条原文" : "法律依据";
}

/** The line where the text would stand; empty when it stands there. */
export function article_note(article: Article): string {
  if (article_lines(article).length) return "";
  return article.plain ? texts.article_elsewhere : texts.article_missing;
}

export function article_copy(citation: Citation, article: Article): string {
  const body = article_lines(article);
  return [article_title(citation, article), ...(body.length ? body : [article.plain ?? ""])].filter(Boolean).join("\n");
}

/** "国家法律法规数据库 flk.npc.gov.cn" as a name and the address one can open; without an address it stays a name. */
export function reading_place(read_at: string): { name: string; href: string | null } {
  const host = /\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.gov\.cn\b/.exec(read_at)?.[0];
  return { name: read_at, href: host ? `https://${host}/` : null };
}
