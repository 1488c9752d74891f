import java.nio.ByteBuffer;

public class TileRow {
    private final ByteBuffer pixels;

    public TileRow(int tiles, int side) {
        // as int, 1024 tiles of 2048 by 2048 are 0 bytes; as long, they are too many
        if (tiles < 1 || side < 1 || (long) tiles * side * side > 64 << 20) {
            throw new IllegalArgumentException(tiles + " tiles of " + side + " pixels are too large");
        }
        pixels = ByteBuffer.allocate(tiles * side * side);
    }

    public int capacity() {
        return pixels.capacity();
    }

    public void put(int position, byte grey) {
        pixels.put(position, grey);
    }
}
