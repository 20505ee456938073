// What a citizen answers to each question of the application, whichever way it is asked.
import assert from 'node:assert/strict';

const answers = [
  [/核对一遍/, '确认'], [/给谁申请/, '为自己'], [/名字/, '我叫王秀英'], [/多大岁数/, '六十二'], [/住在哪个/, '周至县'],
  [/哪一类事/, '讨工资'], [/说说经过/, '老板欠我八个月工资，一共三万二'], [/对方是谁/, '包工头老李'], [/事情出在/, '周至县'],
  [/快到期的日子/, '没有'], [/哪一条和您的情况/, '1'], [/哪个电话/, '13800000000'], [/同意中心/, '同意']];

/** The answer to the question in `text`. */
export function answerTo(text) {
  const lines = text.split('\n');
  const found = answers.find(([pattern]) => lines.some((line) => pattern.test(line)));
  assert.ok(found, `a question nobody prepared for: ${text}`);
  return found[1];
}

export const submitted = (text) => /援申〔\d{4}〕/.test(text);
