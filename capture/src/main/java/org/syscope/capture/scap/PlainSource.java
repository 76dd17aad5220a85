package org.syscope.capture.scap;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The bytes of a file or pipe as they are; the first ones may have been read already, to see what they are. */
final class PlainSource implements ByteSource {

    private final FileInputStream file;
    private final FileChannel channel;
    private final ByteBuffer head;
    private long taken;

    /** Reads {@code head} (to its limit) first, then what {@code file} still gives. */
    PlainSource(FileInputStream file, ByteBuffer head) {
        this.file = file;
        this.channel = file.getChannel();
        this.head = head;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count;
        if (head.hasRemaining()) {
            count = Math.min(head.remaining(), target.remaining());
            target.put(target.position(), head, head.position(), count);
            target.position(target.position() + count);
            head.position(head.position() + count);
        } else {
            count = channel.read(target);
        }
        if (count > 0) {
            taken += count;
        }
        return count;
    }

    @Override
    public String fault() {
        return null;
    }

    @Override
    public boolean wouldWait() throws IOException {
        return !head.hasRemaining() && file.available() == 0;
    }

    @Override
    public boolean compressed() {
        return false;
    }

    @Override
    public long fileOffset() {
        return taken;
    }

    @Override
    public long entryPoint(long position) {
        return position;
    }

    @Override
    public void seek(long entryPoint, long position) throws IOException {
        channel.position(entryPoint);
        head.position(head.limit());
        taken = entryPoint;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
