import { Anchor, type AnchorProps, Button, type ButtonProps, NavLink, type NavLinkProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentProps } from 'react'

type OfLink = Omit<ComponentProps<'a'>, 'color' | 'style'>

/** Links within the pages, as Mantine draws them. */
export const LinkAnchor = createLink((props: AnchorProps & OfLink) => <Anchor {...props} />)
export const LinkButton = createLink((props: ButtonProps & OfLink) => <Button component="a" {...props} />)
export const LinkPlace = createLink((props: NavLinkProps & OfLink) => <NavLink component="a" {...props} />)
/** A card or a row that is a link as a whole. */
export const LinkBlock = createLink((props: ComponentProps<'a'>) => <a {...props} />)
