#!/usr/bin/env python3
"""Writes the PNG files beside it, chunk by chunk with zlib alone (W3C, PNG specification, 2nd edition).

    write_pictures.py [FOLDER]
"""
import struct
import sys
import zlib
from pathlib import Path

PICTURE = ["#..##", ".#..#", "###.."]  # '#' is ink


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, depth: int, colour: int, lines: list[bytes], more: bytes = b"", interlace: int = 0) -> bytes:
    """`lines` are rows of packed samples; each gets filter 0. `more` are chunks before the pixels."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    pixels = zlib.compress(b"".join(b"\0" + line for line in lines), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def packed(samples: list[int], depth: int) -> bytes:
    bits = "".join(format(sample, f"0{depth}b") for sample in samples)
    return bytes(int(bits[i:i + 8].ljust(8, "0"), 2) for i in range(0, len(bits), 8))


def of_picture(depth: int, colour: int, ink: list[int], paper: list[int], more: bytes = b"") -> bytes:
    lines = [packed([s for pixel in row for s in (ink if pixel == "#" else paper)], depth) for row in PICTURE]
    return png(5, 3, depth, colour, lines, more)


def interlaced() -> bytes:
    """Adam7: the seven passes of the picture, empty ones left out."""
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    lines = []
    for x0, y0, dx, dy in passes:
        for row in PICTURE[y0::dy]:
            if row[x0::dx]:
                lines.append(bytes(0 if pixel == "#" else 255 for pixel in row[x0::dx]))
    return png(5, 3, 8, 0, lines, interlace=1)


def pictures() -> dict[str, bytes]:
    colours = chunk(b"PLTE", bytes([255, 255, 200, 0, 0, 255]))  # light yellow, blue
    return {
        "grey1": of_picture(1, 0, [0], [1]),
        "grey2": of_picture(2, 0, [1], [2]),
        "grey4": of_picture(4, 0, [7], [8]),
        "grey8": of_picture(8, 0, [10], [200]),
        "grey16": of_picture(16, 0, [0x2000], [0x9000]),
        "palette": of_picture(1, 3, [1], [0], colours),
        "rgb8": of_picture(8, 2, [0, 0, 255], [255, 255, 0]),
        "rgb16": of_picture(16, 2, [0x8000, 0, 0], [0xFFFF, 0xFFFF, 0]),
        "grey_alpha": of_picture(8, 4, [0, 255], [0, 0]),
        "rgba": of_picture(8, 6, [20, 40, 60, 255], [20, 40, 60, 30]),
        "interlaced": interlaced(),
        "threshold": png(2, 1, 8, 0, [bytes([127, 128])]),
        "transparent": png(2, 1, 8, 4, [bytes([0, 0, 0, 255])]),
        "large": png(129, 128, 1, 0, [bytes(17)] * 128),
    }


def main(argv: list[str]) -> int:
    folder = Path(argv[0]) if argv else Path(__file__).resolve().parent
    for name, data in pictures().items():
        (folder / f"{name}.png").write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
