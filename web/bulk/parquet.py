"""Parquet, by pyarrow: typed columns, one row group a batch of five thousand rows."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from web.bulk.batch import Batch
from web.bulk.forms import Write
from web.bulk.model import Table, Type

_ROW_GROUP = 5_000


def _arrow(kind: Type) -> Any:
    """The type of a column; arrays and objects are JSON as text."""
    types = {
        Type.INTEGER: pa.int64(),
        Type.NUMBER: pa.float64(),
        Type.BOOLEAN: pa.bool_(),
        Type.DATE: pa.date32(),
        Type.DATETIME: pa.timestamp("us", tz="UTC"),
        Type.TIME: pa.time64("us"),
    }
    return types.get(kind, pa.string())


@contextmanager
def parquet_table(folder: Path, table: Table) -> Iterator[Write]:
    """A Parquet file, compressed by zstd."""
    path = folder / "parquet" / f"{table.name}.parquet"
    path.parent.mkdir(exist_ok=True)
    fields = [
        pa.field(column.name, _arrow(column.type), nullable=not column.needed, metadata={"about": column.about})
        for column in table.columns
    ]
    schema = pa.schema(fields, metadata={"about": table.about})
    waiting: list[Any] = []
    pa.set_memory_pool(pa.system_memory_pool())  # the one by default keeps thirty megabytes that it needed once
    with pq.ParquetWriter(path, schema, compression="zstd") as out:

        def write(batch: Batch) -> None:
            waiting.append(pa.record_batch(_arrays(batch, schema), schema=schema))
            if sum(one.num_rows for one in waiting) >= _ROW_GROUP:
                flush()

        def flush() -> None:
            out.write_table(pa.Table.from_batches(waiting, schema), row_group_size=_ROW_GROUP)
            waiting.clear()

        yield write
        flush()


def _arrays(batch: Batch, schema: Any) -> Sequence[Any]:
    return [pa.array(values, type=field.type) for values, field in zip(batch.values, schema, strict=True)]
