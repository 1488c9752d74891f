import ast
import argparse


def main():
    parser = argparse.ArgumentParser(description="Plan the tiles of a large picture.")
    parser.add_argument("--size", default="(640, 480)", help="width and height, as in (640, 480)")
    parser.add_argument("--tile", type=int, default=160)
    options = parser.parse_args()

    # literals only: a script passes this option on from a web form
    width, height = ast.literal_eval(options.size)
    columns, rows = -(-width // options.tile), -(-height // options.tile)
    print(f"{columns} x {rows} tiles")


if __name__ == "__main__":
    main()
