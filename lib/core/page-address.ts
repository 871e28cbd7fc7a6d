/** The header in which the proxy tells a page its own address, path and query, so that sign-in can lead back to it. */
export const pageAddressHeader = 'x-page-address';
