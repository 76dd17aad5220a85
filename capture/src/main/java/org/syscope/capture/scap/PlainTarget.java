package org.syscope.capture.scap;

import java.io.IOException;

/** Writes blocks as they are. */
final class PlainTarget implements BlockTarget {

    private static final int BUFFER = 1 << 20;

    private final CaptureFile file;

    PlainTarget(CaptureFile file) {
        this.file = file;
    }

    @Override
    public long bufferBytes() {
        return BUFFER;
    }

    @Override
    public void open() throws IOException {
        file.open();
    }

    @Override
    public void write(BlockSpan span, boolean last) throws IOException {
        long before = file.events();
        try {
            if (span.length() > 0) {
                file.write(span.blocks(), span.events(), true);
            }
        } finally {
            span.written(file.events() - before);
        }
        span.done();
    }

    @Override
    public long bytes(long handedOver, long building) {
        return handedOver + building;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    @Override
    public void abandon() {
        file.abandon();
    }
}
