import java.nio.ByteBuffer;

public class TileRow {
    private final ByteBuffer pixels;

    public TileRow(int tiles, int side) {
        pixels = ByteBuffer.allocate(tiles * side * side);
    }

    public int capacity() {
        return pixels.capacity();
    }

    public void put(int position, byte grey) {
        pixels.put(position, grey);
    }
}
