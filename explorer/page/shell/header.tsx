import type { JSX } from 'preact'
import { Logo } from './logo.tsx'
import { StatusLine } from './status-line.tsx'
import { ThemeToggle } from './theme-toggle.tsx'

const VIEWS = [
  { href: '/flow', name: 'Flow' },
  { href: '/explore', name: 'Explore' },
  { href: '/ask', name: 'Ask' },
] as const

export const Header = ({ path }: { readonly path: string }): JSX.Element => (
  <header class="header">
    <a class="brand" href="/explore">
      <Logo />
      <span>ValueStream</span>
    </a>
    <nav aria-label="Views">
      <ul class="tabs">
        {VIEWS.map(({ href, name }) => (
          <li key={href}>
            <a href={href} aria-current={isAt(path, href) ? 'page' : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
    <StatusLine />
    <ThemeToggle />
  </header>
)

const isAt = (path: string, href: string): boolean => path === href || (path === '/' && href === '/explore')
