import { secureHeaders } from 'hono/secure-headers'

/**
 * Nothing but what this server sends: whatever a title or an attribute holds, nothing of it can run, and nothing can be
 * sent anywhere. Charts have style attributes; style elements stay closed.
 */
export const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    styleSrcAttr: ["'unsafe-inline'"],
    connectSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  // This is plain HTTP on the loopback interface, and other ports of localhost are none of its business.
  strictTransportSecurity: false,
})
