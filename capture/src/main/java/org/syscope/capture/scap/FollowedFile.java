package org.syscope.capture.scap;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is read while it is written. The writer says how far whole blocks are in it; the reader waits there, and at
 * the end of the file only when the writer says that it is complete. Each side has its own thread.
 */
final class FollowedFile implements ByteSource {

    private final Path path;
    private final boolean gzip;
    private FileChannel channel;
    private long taken;
    private long safe;
    private boolean complete;
    private boolean abandoned;

    FollowedFile(Path path, boolean gzip) {
        this.path = path;
        this.gzip = gzip;
    }

    Path path() {
        return path;
    }

    boolean gzip() {
        return gzip;
    }

    /** So many bytes are in the file, and stay as they are. */
    synchronized void grown(long bytes) {
        safe = bytes;
        notifyAll();
    }

    /** Nothing more comes. */
    synchronized void complete() {
        complete = true;
        notifyAll();
    }

    /** What is in the file is not to be read any more: reading fails. */
    synchronized void abandon() {
        abandoned = true;
        notifyAll();
    }

    /** How many bytes of the file are still to be read. */
    synchronized long left() {
        return abandoned ? 0 : safe - taken;
    }

    private synchronized long await() throws IOException {
        while (!abandoned && !complete && safe == taken) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException(path + ": interrupted while it is read");
            }
        }
        if (abandoned) {
            throw new IOException(path + ": is read no more");
        }
        return safe - taken;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int wanted = (int) Math.min(await(), target.remaining());
        if (wanted == 0) {
            return -1;
        }
        if (channel == null) {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        }
        int count = channel.read(target.slice(target.position(), wanted), taken);
        if (count > 0) {
            target.position(target.position() + count);
            synchronized (this) {
                taken += count;
            }
        }
        return count;
    }

    @Override
    public String fault() {
        return null;
    }

    @Override
    public boolean wouldWait() {
        return false;
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
    public void seek(long entryPoint, long position) {
        throw new UnsupportedOperationException("a file that is written is read in order");
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
