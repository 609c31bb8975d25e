"""The archive read again: a parser that learned something applies it to the past, without any network."""

from scrapers.finish import finish
from scrapers.job import Job
from scrapers.pipelines.store import Store
from scrapers.pipelines.validate import Validate
from scrapers.shelf import readable_pages
from scrapers.visit import Ask, Known, Visit, lost, reread
from vocab.errors import StorageError


def reparse(job: Job) -> None:
    """Read the newest page of every address again, in the order in which the pages came.

    Records that say the same keep their versions, days and vanish marks. A page that the archive does not give back
    is quarantined, the rest goes on, and the run is red.
    """
    pipelines = (Validate(), Store(job, seen=False))
    for ask, known in readable_pages(job.engine, job.source.site):
        if job.parsers.get(ask.kind) is None or not job.wants(ask.kind):
            continue  # a page type that is gone, or one of files, which the text layer reads
        visit = _again(job, ask, known)
        for pipeline in pipelines:
            visit = pipeline.process_item(visit)
    finish(job, seen=False)


def _again(job: Job, ask: Ask, known: Known) -> Visit:
    try:
        body = job.archived(known)
    except StorageError as error:
        return lost(ask, known, str(error))
    return reread(ask, known, body, job.desk(ask.kind))
