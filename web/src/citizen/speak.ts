// Reads an answer aloud with the voice of the device, for those who cannot read it.
export const can_speak = typeof speechSynthesis !== "undefined" && typeof SpeechSynthesisUtterance !== "undefined";

export function speak(paragraphs: string[]): void {
  if (speechSynthesis.speaking) return speechSynthesis.cancel();
  const utterance = new SpeechSynthesisUtterance(paragraphs.join(""));
  utterance.lang = "zh-CN";
  utterance.rate = 0.9;
  speechSynthesis.speak(utterance);
}
