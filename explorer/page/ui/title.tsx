import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'

/** The heading of a view, which names the browser's tab too. */
export const Title = ({
  text,
  isHidden = false,
}: {
  readonly text: string
  readonly isHidden?: boolean
}): JSX.Element => {
  useEffect(() => {
    document.title = `${text} · ValueStream`
  }, [text])
  return <h1 class={isHidden ? 'hidden' : 'title'}>{text}</h1>
}
