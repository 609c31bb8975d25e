"""What kinds and states of remarks are called on the pages: message ids by code."""

from vocab.remarks import RemarkKind, RemarkState
from web.i18n import N_

REMARK_KINDS = {
    RemarkKind.ERROR: N_("report of an error"),
    RemarkKind.REPLY: N_("reply to a finding"),
}

REMARK_STATES = {
    RemarkState.WAITING: N_("waits for a person"),
    RemarkState.CHECKING: N_("is being checked"),
    RemarkState.ANSWERED: N_("answered"),
    RemarkState.SHOWN: N_("shown beside the finding"),
    RemarkState.REFUSED: N_("not accepted"),
}
