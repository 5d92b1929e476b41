/** A field that a payload has wrong. The message names the field and never its value. */
export class MalformedField extends Error {
  constructor(path: string, fault: string) {
    super(`the field ${path} ${fault}`)
    this.name = 'MalformedField'
  }
}
