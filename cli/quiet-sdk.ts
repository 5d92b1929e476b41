/** That AWS's SDK will give up this Node one day is for who maintains ValueStream, not for who runs it. Before it is loaded. */
export const quietSdk = (): void => {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'
}
