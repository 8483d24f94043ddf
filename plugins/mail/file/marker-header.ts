/** The header by which our own mail is known again wherever its Message-ID was replaced; what stands in it carries our MAC. */
export const MARKER_HEADER = 'X-Switchboard-Mail';
