"""Python's csv module as the judge of ours.

csv_oracle.py read FILE SEPARATOR     prints the rows of FILE, strictly read
csv_oracle.py write FILE SEPARATOR SEED   writes a random table to FILE and prints its rows

Rows are printed with US (0x1f) behind each cell and RS (0x1e) behind each row.
"""
import csv
import random
import sys

command, path, separator = sys.argv[1:4]
if command == "read":
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=separator, strict=True))
else:
    rng = random.Random(int(sys.argv[4]))
    parts = ["a", "供应", '"', ",", ";", "\t", "|", "\n", "\r\n", " ", "'", "12", "", "=x"]
    rows = [
        ["".join(rng.choices(parts, k=rng.randrange(6))) for _ in range(rng.randrange(1, 8))]
        for _ in range(200)
    ]
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(
            file,
            delimiter=separator,
            lineterminator=rng.choice(["\n", "\r\n"]),
            quoting=rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        ).writerows(rows)
out = "".join("".join(cell + "\x1f" for cell in row or [""]) + "\x1e" for row in rows)
sys.stdout.buffer.write(out.encode("utf-8"))
