package org.syscope.capture.scap;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A gzip file of members as this project writes them: each is inflated into a buffer of its own, which is the window, the
 * next ones meanwhile on other threads. What is not such a member (appended by another program, damaged, cut off) is read
 * as any gzip file is, from that place on.
 */
final class MemberInput extends BlockInput {

    private static final int MAX_THREADS = 4;
    /** A member that says it is larger is not inflated at once. */
    private static final int MAX_MEMBER = 64 << 20;

    private final FileInputStream file;
    private final FileChannel channel;
    private final ByteBuffer header = ByteBuffer.allocate(GzipMember.HEADER).order(ByteOrder.LITTLE_ENDIAN);
    private final List<InflatedMember> all = new ArrayList<>();
    private final List<InflatedMember> free = new ArrayList<>();
    private final ArrayDeque<Future<InflatedMember>> ahead = new ArrayDeque<>();
    private final int maxAhead = Math.clamp(Runtime.getRuntime().availableProcessors() - 1L, 1, MAX_THREADS) + 1;
    private ExecutorService threads;
    private InflatedMember current;
    private long nextOffset;
    private long members;
    private StreamInput rest;

    /** Reads {@code file}, whose first member {@link #begins} with. */
    MemberInput(FileInputStream file) {
        this.file = file;
        this.channel = file.getChannel();
    }

    /** Whether a file begins with a member as this project writes them. */
    static boolean begins(FileChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(GzipMember.HEADER).order(ByteOrder.LITTLE_ENDIAN);
        channel.read(head, 0);
        return head.position() == GzipMember.HEADER && GzipMember.isHeader(head);
    }

    @Override
    long fill(long keep, long wanted) throws IOException {
        if (rest != null) {
            return refill(keep, wanted);
        }
        if (keep < limit) {
            return readOn(keep, wanted);
        }
        InflatedMember next = nextMember();
        if (next == null) {
            return nextOffset == channel.size() ? keep : readOn(keep, wanted);
        }
        if (next.length < 0) {
            nextOffset = next.offset;
            free.add(next);
            return readOn(keep, wanted);
        }
        windowStart += limit;
        if (current != null) {
            free.add(current);
        }
        current = next;
        members++;
        window = next.data;
        limit = next.length;
        return limit >= wanted ? 0 : readOn(0, wanted);
    }

    /** The next member, inflated; null if what comes is none as this project writes them. */
    private InflatedMember nextMember() throws IOException {
        if (current == null && ahead.isEmpty()) {
            InflatedMember first = prepare();
            return first == null ? null : first.call();
        }
        while (ahead.size() < maxAhead) {
            InflatedMember member = prepare();
            if (member == null) {
                break;
            }
            if (threads == null) {
                threads = Executors.newFixedThreadPool(maxAhead - 1,
                        Thread.ofPlatform().name("syscope-gunzip-", 1).daemon().factory());
            }
            ahead.add(threads.submit(member));
        }
        return ahead.isEmpty() ? null : take();
    }

    private InflatedMember take() throws IOException {
        try {
            return ahead.remove().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while inflating");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException("inflating failed: " + e.getCause().getMessage(), e.getCause());
        }
    }

    /** Something to inflate the member at {@link #nextOffset} with; null if there is no whole one. */
    private InflatedMember prepare() throws IOException {
        header.clear();
        if (channel.read(header, nextOffset) < GzipMember.HEADER || !GzipMember.isHeader(header)) {
            return null;
        }
        long length = GzipMember.memberLength(header);
        long data = GzipMember.dataLength(header);
        if (length <= GzipMember.HEADER || length > channel.size() - nextOffset || length > MAX_MEMBER || data > MAX_MEMBER) {
            return null;
        }
        if (free.isEmpty()) {
            InflatedMember created = new InflatedMember(channel);
            all.add(created);
            free.add(created);
        }
        InflatedMember member = free.removeLast();
        member.next(nextOffset, (int) length, (int) data);
        nextOffset += length;
        return member;
    }

    /** From now on the file is read as one stream: from the next member, or where bytes are left, from the present one. */
    private long readOn(long keep, long wanted) throws IOException {
        settle();
        boolean left = keep < limit;
        long offset = left ? current.offset : nextOffset;
        long skip = left ? keep : 0;
        long start = left ? windowStart : windowStart + limit;
        GzipSource source = new GzipSource(new PlainSource(file, ByteBuffer.allocate(0)), left ? members - 1 : members);
        rest = new StreamInput(source);
        rest.seek(offset, start);
        rest.fill(0, skip + wanted);
        return adopt(Math.min(skip, rest.limit));
    }

    private long refill(long keep, long wanted) throws IOException {
        return adopt(rest.fill(keep, wanted));
    }

    private long adopt(long position) {
        window = rest.window;
        windowStart = rest.windowStart;
        limit = rest.limit;
        return position;
    }

    /** Waits for what is inflated ahead, and goes back to before it. */
    private void settle() throws IOException {
        while (!ahead.isEmpty()) {
            InflatedMember member = take();
            nextOffset = Math.min(nextOffset, member.offset);
            free.add(member);
        }
    }

    @Override
    String fault() {
        return rest == null ? null : rest.fault();
    }

    @Override
    boolean wouldWait() {
        return false;
    }

    @Override
    boolean compressed() {
        return true;
    }

    @Override
    long fileOffset(long position) {
        if (rest != null) {
            return rest.fileOffset(position);
        }
        return current == null ? 0 : current.offset + current.compressed * position / Math.max(1, limit);
    }

    @Override
    long entryPoint(long position) {
        if (rest != null) {
            return rest.entryPoint(position);
        }
        return current != null && position == windowStart ? current.offset : -1;
    }

    @Override
    void seek(long entryPoint, long position) throws IOException {
        settle();
        if (current != null) {
            free.add(current);
            current = null;
        }
        if (rest != null) {
            rest.release();
            rest = null;
        }
        window = MemorySegment.NULL;
        nextOffset = entryPoint;
        windowStart = position;
        limit = 0;
    }

    @Override
    public void close() throws IOException {
        window = MemorySegment.NULL;
        limit = 0;
        if (threads != null) {
            threads.close();
        }
        all.forEach(InflatedMember::close);
        all.clear();
        if (rest != null) {
            rest.release();
        }
        file.close();
    }
}
