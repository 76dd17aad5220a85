package org.syscope.capture.scap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What is in a gzip file of one or more members (RFC 1952), each checked against its CRC. Bytes up to a fault are given
 * out; the fault is told afterwards. Zeros behind the last member are padding.
 *
 * <pre>
 *  +----+----+----+-----+----------+-----+----+ - - - - - - - - - - - - - +=========+-------+-------+
 *  | 1f | 8b | 08 | FLG | MTIME u32| XFL | OS | extra, name, comment, crc | deflate | CRC32 | ISIZE |
 *  +----+----+----+-----+----------+-----+----+ - - - - - - - - - - - - - +=========+-------+-------+
 * </pre>
 */
final class GzipSource implements ByteSource {

    private static final int INPUT = 128 << 10;
    private static final int HEADER = 10;
    private static final int TRAILER = 8;
    private static final int HAS_HEADER_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    private final ByteSource file;
    private final long before;
    private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private boolean inMember;
    private boolean ended;
    private int members;
    private long given;
    private long[] memberOffsets = new long[64];
    private long[] memberPositions = new long[64];
    private String fault;

    GzipSource(ByteSource file) {
        this(file, 0);
    }

    /** The members of {@code file} behind the first {@code before} ones, which messages count too. */
    GzipSource(ByteSource file, long before) {
        this.file = file;
        this.before = before;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        while (!ended) {
            if (!inMember && !startMember()) {
                ended = true;
                break;
            }
            int start = target.position();
            try {
                inflater.inflate(target);
            } catch (DataFormatException e) {
                fail("the gzip data are damaged" + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")"));
            }
            int count = target.position() - start;
            if (count > 0) {
                given += count;
                crc.update(target.duplicate().flip().position(start));
            }
            if (inflater.finished()) {
                endMember();
            } else if (count == 0 && !ended) {
                if (inflater.needsDictionary()) {
                    fail("the gzip data need a dictionary");
                } else if (!more()) {
                    fail("the gzip data are truncated");
                } else {
                    inflater.setInput(input);
                }
            }
            if (count > 0) {
                return count;
            }
        }
        return -1;
    }

    /** Reads a member's header; false at the end of the file. */
    private boolean startMember() throws IOException {
        if (!have(1)) {
            return false;
        }
        if (before + members > 0 && input.get(input.position()) == 0) {
            return skipPadding();
        }
        if (!have(HEADER) || input.getShort(input.position()) != (short) 0x8b1f) {
            return before + members == 0 ? fail("not gzip data") : failBehind();
        }
        int at = input.position();
        long start = fileOffset();
        int method = input.get(at + 2);
        int flags = input.get(at + 3);
        if (method != 8) {
            return fail("gzip method " + method + " is not deflate");
        }
        input.position(at + HEADER);
        boolean whole = true;
        if ((flags & HAS_EXTRA) != 0) {
            whole = have(2) && skip(2 + Short.toUnsignedInt(input.getShort(input.position())));
        }
        if ((flags & HAS_NAME) != 0) {
            whole = whole && skipString();
        }
        if ((flags & HAS_COMMENT) != 0) {
            whole = whole && skipString();
        }
        if ((flags & HAS_HEADER_CRC) != 0) {
            whole = whole && skip(2);
        }
        if (!whole) {
            return fail("the gzip data are truncated in a member's header");
        }
        if (members == memberOffsets.length) {
            memberOffsets = Arrays.copyOf(memberOffsets, 2 * members);
            memberPositions = Arrays.copyOf(memberPositions, 2 * members);
        }
        memberOffsets[members] = start;
        memberPositions[members] = given;
        members++;
        inMember = true;
        inflater.reset();
        inflater.setInput(input);
        crc.reset();
        return true;
    }

    private void endMember() throws IOException {
        inMember = false;
        long size = inflater.getBytesWritten();
        if (!have(TRAILER)) {
            fail("the gzip data are truncated in the trailer of member " + (before + members));
            return;
        }
        int expectedCrc = input.getInt(input.position());
        int expectedSize = input.getInt(input.position() + 4);
        input.position(input.position() + TRAILER);
        if (expectedCrc != (int) crc.getValue() || expectedSize != (int) size) {
            fail("the gzip data are damaged (checksum of member " + (before + members) + ")");
        }
    }

    private boolean skipPadding() throws IOException {
        while (have(1)) {
            if (input.get() != 0) {
                return failBehind();
            }
        }
        return false;
    }

    private boolean skip(int count) throws IOException {
        int left = count;
        while (left > 0) {
            if (!have(1)) {
                return false;
            }
            int step = Math.min(left, input.remaining());
            input.position(input.position() + step);
            left -= step;
        }
        return true;
    }

    private boolean skipString() throws IOException {
        while (have(1)) {
            if (input.get() == 0) {
                return true;
            }
        }
        return false;
    }

    /** Makes {@code count} bytes of input available, at most a few. */
    private boolean have(int count) throws IOException {
        while (input.remaining() < count) {
            if (!more()) {
                return false;
            }
        }
        return true;
    }

    /** Reads more input behind what is left of it; false at the end of the file. */
    private boolean more() throws IOException {
        input.compact();
        int count = file.read(input);
        input.flip();
        return count > 0;
    }

    private boolean failBehind() {
        return fail("what follows gzip member " + (before + members) + " is no gzip member");
    }

    private boolean fail(String reason) {
        fault = reason;
        ended = true;
        return false;
    }

    @Override
    public String fault() {
        return fault;
    }

    @Override
    public long entryPoint(long position) {
        int at = Arrays.binarySearch(memberPositions, 0, members, position);
        return at < 0 ? -1 : memberOffsets[at];
    }

    @Override
    public void seek(long entryPoint, long position) throws IOException {
        file.seek(entryPoint, entryPoint);
        input.limit(0);
        inMember = false;
        ended = false;
        fault = null;
        members = 0;
        given = position;
    }

    @Override
    public boolean wouldWait() throws IOException {
        return !ended && !input.hasRemaining() && file.wouldWait();
    }

    @Override
    public boolean compressed() {
        return true;
    }

    @Override
    public long fileOffset() {
        return file.fileOffset() - input.remaining();
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        file.close();
    }
}
