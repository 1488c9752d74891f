import argparse
import csv
import sqlite3


def main():
    parser = argparse.ArgumentParser(description="Load meter readings from a CSV file.")
    parser.add_argument("csv_file")
    parser.add_argument("--database", default="meters.db")
    args = parser.parse_args()

    with open(args.csv_file, newline="", encoding="utf-8") as source:
        readings = list(csv.DictReader(source))
    db = sqlite3.connect(args.database)
    with db:
        for row in readings:
            db.execute(
                "INSERT INTO readings (meter, taken_at, kwh) VALUES ('{meter}', '{taken_at}', {kwh})".format(**row)
            )
    db.close()
    print(f"{len(readings)} readings loaded into {args.database}")


if __name__ == "__main__":
    main()
