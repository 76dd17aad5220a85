package org.syscope.capture.scap;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes blocks as they are. */
final class PlainOutput extends BlockOutput {

    private static final int INITIAL = 1 << 20;

    private final CaptureFile file;
    private Arena arena = Arena.ofShared();
    private ByteBuffer view;

    PlainOutput(CaptureFile file) {
        this.file = file;
        buffer = allocate(arena, INITIAL);
        view = buffer.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    void larger(long length) {
        arena.close();
        arena = Arena.ofShared();
        buffer = allocate(arena, length);
        view = buffer.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    void full() throws IOException {
        flush();
    }

    @Override
    void flush() throws IOException {
        file.check();
        if (position == 0) {
            return;
        }
        view.limit((int) position).position(0);
        long events = waitingEvents;
        position = 0;
        waitingEvents = 0;
        try {
            file.write(view, events, true);
        } catch (CaptureWriteException e) {
            fail();
            throw e;
        }
    }

    @Override
    long bytes() {
        return file.bytes() + position;
    }

    @Override
    public void close() throws IOException {
        if (closed()) {
            return;
        }
        try (file) {
            if (!file.failed()) {
                flush();
            }
        } finally {
            buffer = MemorySegment.NULL;
            arena.close();
        }
    }
}
