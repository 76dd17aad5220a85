package org.syscope.capture.container;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A connection to a Unix socket whose reads and writes all end at one moment, whatever the other side does. */
final class UnixStream extends InputStream {

    /** No deadline. */
    static final long FOREVER = Long.MAX_VALUE;

    private static final int BUFFER = 16_384;
    private static final long MILLI = 1_000_000;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
    private final long nanos;
    private final long start = System.nanoTime();
    private boolean ended;

    private UnixStream(SocketChannel channel, Selector selector, long nanos) throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.nanos = nanos;
        channel.configureBlocking(false);
        this.key = channel.register(selector, 0);
    }

    /**
     * Connects.
     *
     * @param nanos how long all that is done with the connection may take, ns; {@link #FOREVER} for no end
     * @throws IOException if nobody listens there, or it may not be connected to
     */
    static UnixStream connect(Path socket, long nanos) throws IOException {
        Selector selector = Selector.open();
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            UnixStream stream = new UnixStream(channel, selector, nanos);
            if (!channel.connect(UnixDomainSocketAddress.of(socket))) {
                while (!channel.finishConnect()) {
                    stream.await(SelectionKey.OP_CONNECT);
                }
            }
            return stream;
        } catch (IOException | RuntimeException e) {
            selector.close();
            if (channel != null) {
                channel.close();
            }
            throw e;
        }
    }

    private void await(int operation) throws IOException {
        key.interestOps(operation);
        long left = nanos - (System.nanoTime() - start);
        if (nanos == FOREVER) {
            selector.select();
        } else if (left <= 0 || selector.select(Math.max(1, left / MILLI)) == 0 && System.nanoTime() - start >= nanos) {
            throw new SocketTimeoutException("no answer within " + nanos / MILLI + " ms");
        }
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("interrupted");
        }
    }

    /** Sends all the bytes. */
    void send(byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    private boolean fill() throws IOException {
        while (!buffer.hasRemaining()) {
            if (ended) {
                return false;
            }
            buffer.clear();
            int count = channel.read(buffer);
            buffer.flip();
            if (count < 0) {
                ended = true;
            } else if (count == 0) {
                await(SelectionKey.OP_READ);
            } else if (nanos != FOREVER && System.nanoTime() - start > nanos) {
                throw new SocketTimeoutException("no whole answer within " + nanos / MILLI + " ms");
            }
        }
        return true;
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(target, offset, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
