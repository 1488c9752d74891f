import hashlib
import sys


def main():
    digest = hashlib.md5()
    with open(sys.argv[1], "rb") as image:
        while block := image.read(1 << 16):
            digest.update(block)
    print(digest.hexdigest(), sys.argv[1])


if __name__ == "__main__":
    main()
