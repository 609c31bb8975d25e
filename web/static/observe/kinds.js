// Which buttons stand where, in the order in which a sitting goes.

export const OPENING = ["started", "registration", "agenda_vote"];
export const DURING = [
  "absent",
  "present",
  "proxy_announced",
  "proxy",
  "break",
  "closed",
  "quote",
  "note",
  "photo",
  "interview",
  "video",
  "ended",
];
export const OF_ITEM = [
  ...["presenter", "materials", "opinion", "amendments", "vote", "proxy", "proxy_announced", "combined", "postponed"],
  ...["head_count", "document", "closed", "quote", "note", "photo", "interview", "video"],
];
