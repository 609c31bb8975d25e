"""Letters to observers, each sent once, and the private addresses of their calendars."""

from db.planning import Reminder
from db.sittings import Sitting
from tests.tracker.house import DAY, START, House, agenda
from tests.tracker.test_week import PLENARY, SOCIAL, at, observer
from tracker.week import calendar_links, duties, reminders
from tracker.week.sittings import call_off


class Post:
    """A post office that fails where it is told to."""

    def __init__(self, *failing: int) -> None:
        self.failing, self.sent = set(failing), list[tuple[int, str]]()

    def __call__(self, due: reminders.Due) -> None:
        if due.user["id"] in self.failing:
            raise reminders.NotSent("550 no such mailbox")
        self.sent.append((due.user["id"], due.sitting["id"]))


def test_a_reminder_goes_out_once(each_house: House) -> None:
    each_house.state(agenda(), agenda("agenda:2", committee=SOCIAL)).track()
    committee = next(row["id"] for row in each_house.rows(Sitting) if row["body"] == "committee")
    for number in (3, 4):
        at(each_house, duties.assign, PLENARY, observer(each_house, number))
        at(each_house, duties.assign, committee, number)
    at(each_house, call_off, committee, "")
    post = Post(4)
    assert reminders.remind(each_house.engine, DAY, post, now=each_house.now) == {"sent": 1, "failed": 1, "unsure": 0}
    assert [row["reason"] for row in each_house.rows(Reminder)] == ["", "550 no such mailbox"]
    post.failing.clear()
    assert reminders.remind(each_house.engine, DAY, post, now=each_house.now) == {"sent": 1, "failed": 0, "unsure": 0}
    assert reminders.remind(each_house.engine, DAY, post, now=each_house.now) == {"sent": 0, "failed": 0, "unsure": 0}
    assert post.sent == [(3, PLENARY), (4, PLENARY)]


def test_a_letter_that_another_process_sends_is_not_sent_again(house: House) -> None:
    house.state(agenda()).track()
    at(house, duties.assign, PLENARY, observer(house, 3))
    at(house, duties.assign, PLENARY, observer(house, 4))
    post = Post()

    def both_at_once(due: reminders.Due) -> None:
        post(due)
        if len(post.sent) == 1:
            reminders.remind(house.engine, DAY, post, now=house.now)

    assert reminders.remind(house.engine, DAY, both_at_once, now=house.now) == {"sent": 1, "failed": 0, "unsure": 0}
    assert sorted(post.sent) == [(3, PLENARY), (4, PLENARY)]


def test_a_letter_of_which_nobody_knows_is_not_sent_again(house: House) -> None:
    house.state(agenda()).track()
    at(house, duties.assign, PLENARY, observer(house, 3))

    def broken_off(_due: reminders.Due) -> None:
        raise reminders.Unsure("the connection broke")

    assert reminders.remind(house.engine, DAY, broken_off, now=house.now) == {"sent": 0, "failed": 0, "unsure": 1}
    assert reminders.remind(house.engine, DAY, Post(), now=house.now) == {"sent": 0, "failed": 0, "unsure": 0}
    assert [(row["state"], row["reason"]) for row in house.rows(Reminder)] == [("sending", "the connection broke")]


def test_who_left_is_not_reminded(house: House) -> None:
    house.state(agenda()).track()
    at(house, duties.assign, PLENARY, observer(house, 3))
    observer(house, 3, active=False)
    assert reminders.remind(house.engine, DAY, Post(), now=house.now) == {"sent": 0, "failed": 0, "unsure": 0}


def test_a_calendar_has_one_private_address(each_house: House) -> None:
    observer(each_house, 3)
    with each_house.engine.begin() as conn:
        old = calendar_links.new_link(conn, 3, START)
        new = calendar_links.new_link(conn, 3, START)
        assert [calendar_links.owner(conn, token) for token in (old, new, "")] == [None, 3, None]
    observer(each_house, 3, active=False)
    with each_house.engine.begin() as conn:
        assert calendar_links.owner(conn, new) is None
