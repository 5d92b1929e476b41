/** The text of a box with a word put in where the cursor is, apart from its neighbours; the cursor goes behind it. */
export const insertAt = (box: HTMLTextAreaElement, word: string): string => {
  const before = box.value.slice(0, box.selectionStart)
  const after = box.value.slice(box.selectionEnd)
  const text = `${/[\s(.,]$|^$/.test(before) ? '' : ' '}${word}`
  box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end')
  box.focus()
  return `${before}${text}${after}`
}
