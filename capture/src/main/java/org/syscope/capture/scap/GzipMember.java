package org.syscope.capture.scap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Compresses some whole blocks into a gzip member that can be inflated on its own. Its header says how long it is, so
 * that the next one is found without inflating this one; drawn in this package's description.
 */
final class GzipMember implements Callable<GzipMember> {

    static final int HEADER = 24;
    private static final int TRAILER = 8;
    private static final int MAGIC = 0x8b1f;
    private static final int DEFLATE = 8;
    private static final int HAS_EXTRA = 4;
    private static final int UNKNOWN_SYSTEM = 255;
    /** Length of the extra field with its head, and of what is in it. */
    private static final short EXTRA = 12;
    private static final short VALUE = 8;
    private static final int FIELD = 'S' | 'C' << 8;

    private final Deflater deflater;
    private final CRC32 crc = new CRC32();
    private ByteBuffer output = ByteBuffer.allocateDirect(GzipTarget.MEMBER / 4 + HEADER + TRAILER)
            .order(ByteOrder.LITTLE_ENDIAN);
    private BlockSpan span;

    /** A member of nothing yet; {@code level} from 1, fast, to 9, small. */
    GzipMember(int level) {
        deflater = new Deflater(level, true);
    }

    /** The task of compressing these blocks; its result is this member. */
    FutureTask<GzipMember> of(BlockSpan blocks) {
        span = blocks;
        return new FutureTask<>(this);
    }

    /** What was compressed last. */
    BlockSpan span() {
        return span;
    }

    /** Whether the first {@link #HEADER} bytes are the header of a member that this class wrote. */
    static boolean isHeader(ByteBuffer head) {
        return head.getShort(0) == (short) MAGIC && head.get(2) == DEFLATE && head.get(3) == HAS_EXTRA
                && head.getShort(10) == EXTRA && head.getShort(12) == (short) FIELD && head.getShort(14) == VALUE;
    }

    /** How long the member of that header is in the file, bytes. */
    static long memberLength(ByteBuffer head) {
        return Integer.toUnsignedLong(head.getInt(16));
    }

    /** How long its data are, bytes. */
    static long dataLength(ByteBuffer head) {
        return Integer.toUnsignedLong(head.getInt(20));
    }

    @Override
    public GzipMember call() {
        ByteBuffer data = span.blocks();
        int length = data.remaining();
        crc.reset();
        crc.update(data.duplicate());
        deflater.reset();
        deflater.setInput(data);
        deflater.finish();
        output.clear().position(HEADER);
        while (!deflater.finished()) {
            deflater.deflate(output);
            if (!output.hasRemaining()) {
                output = ByteBuffer.allocateDirect(2 * output.capacity()).order(ByteOrder.LITTLE_ENDIAN)
                        .put(output.flip());
            }
        }
        if (output.remaining() < TRAILER) {
            output = ByteBuffer.allocateDirect(output.capacity() + TRAILER).order(ByteOrder.LITTLE_ENDIAN).put(output.flip());
        }
        output.putInt((int) crc.getValue()).putInt(length);
        output.flip();
        output.putShort(0, (short) MAGIC).put(2, (byte) DEFLATE).put(3, (byte) HAS_EXTRA).putInt(4, 0).put(8, (byte) 0)
                .put(9, (byte) UNKNOWN_SYSTEM).putShort(10, EXTRA).putShort(12, (short) FIELD).putShort(14, VALUE)
                .putInt(16, output.limit()).putInt(20, length);
        return this;
    }

    /** The member, from its position to its limit; valid until the next {@link #call}. */
    ByteBuffer member() {
        return output;
    }

    void end() {
        deflater.end();
    }
}
