package org.syscope.cli;

import java.io.IOException;
import org.syscope.capture.event.EventType;
import org.syscope.capture.scap.ScapWriter;
import org.syscope.capture.scap.UnchangedBlocks;
import org.syscope.filters.field.CurrentEvent;

/** Writes a capture anew of which nobody looks at the events: as far as they stay as they are, many are copied at a time. */
final class UnseenCopy implements EventLoop.Shortcut {

    private final Replay source;
    private final CaptureOpener target;
    private final UnchangedBlocks blocks = new UnchangedBlocks(code -> CurrentEvent.isShown(EventType.of(code)));

    /** Copies from {@code source} into the capture that {@code target} has opened last. */
    UnseenCopy(Replay source, CaptureOpener target) {
        this.source = source;
        this.target = target;
    }

    @Override
    public long take() throws IOException {
        ScapWriter writer = target.current();
        return writer == null ? 0 : source.copy(writer, blocks);
    }
}
