package org.syscope.capture.scap;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.syscope.capture.container.ContainerEvent;
import org.syscope.capture.container.ContainerInfo;
import org.syscope.capture.container.ContainerJson;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventOptions;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;

/**
 * Writes a capture file in the newest generation of the format, drawn in this package's description: the system as it is
 * now, then events as they come, their bytes copied. What is behind an event (bare tags from a ring, options from a file)
 * goes behind it in its block, as pcapng options. Writing is buffered, and what reaches the file ends with a whole block;
 * with gzip it ends with a whole member. The file is written through an {@link OutputQueue}, by its thread if it has one, by
 * the caller if not. Not thread safe; the writing thread must not be interrupted, that closes the file.
 */
public final class ScapWriter implements CaptureSink {

    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int CPU_WIDTH = 2;
    private static final int FLAGS_WIDTH = 4;
    private static final int OPTION_HEAD = 4;
    private static final int MAX_OPTION = 0xffff;

    private final BlockOutput output;
    private final OutputQueue own;
    private final MetadataWriter metadata;
    private final String application;
    private long events;
    private long droppedOptions;

    private ScapWriter(BlockOutput output, OutputQueue own, String application) {
        this.output = output;
        this.own = own;
        this.metadata = new MetadataWriter(output);
        this.application = application;
    }

    /**
     * Creates a file and writes the lists before the events. The calling thread does it all: what was flushed is in the file.
     *
     * @param name a path, or {@code -} for standard output
     * @param gzip whether it is compressed
     * @param state the system as it is now
     * @param application name and version of what writes, for those who ask what did
     * @param threads which threads get into the list
     * @param environment where SUDO_UID and SUDO_GID are looked for: a new file belongs to that user
     * @throws IOException if it cannot be created; the message names the file
     */
    public static ScapWriter create(String name, boolean gzip, SystemState state, String application,
            Predicate<ThreadInfo> threads, Map<String, String> environment) throws IOException {
        return create(name, gzip, state, application, threads, null, environment);
    }

    /** As above, with an index that is made while the file is written. */
    static ScapWriter create(String name, boolean gzip, SystemState state, String application,
            Predicate<ThreadInfo> threads, BackgroundIndexer indexer, Map<String, String> environment) throws IOException {
        OutputQueue queue = OutputQueue.direct();
        try {
            return create(target(name, gzip, indexer, environment), queue, queue, state, application, threads);
        } catch (IOException | RuntimeException | Error e) {
            queue.close();
            throw e;
        }
    }

    /**
     * As above, through a queue: what is written is in the file a moment later, and what goes wrong with it is told by a later
     * call.
     *
     * @param indexer makes the file's index while it is written; null if the first pass over it will
     * @param queue of this file and of those before and after it; not closed with it
     */
    public static ScapWriter create(String name, boolean gzip, SystemState state, String application,
            Predicate<ThreadInfo> threads, BackgroundIndexer indexer, OutputQueue queue, Map<String, String> environment)
            throws IOException {
        return create(target(name, gzip, indexer, environment), queue, null, state, application, threads);
    }

    private static BlockTarget target(String name, boolean gzip, BackgroundIndexer indexer, Map<String, String> environment) {
        CaptureFile file = new CaptureFile(name, gzip, indexer, environment);
        return gzip ? new GzipTarget(file) : new PlainTarget(file);
    }

    /** As above, into a target; {@code own} is the queue if it is to be closed with the file, otherwise null. */
    static ScapWriter create(BlockTarget target, OutputQueue queue, OutputQueue own, SystemState state, String application,
            Predicate<ThreadInfo> threads) throws IOException {
        ScapWriter writer = new ScapWriter(new BlockOutput(queue, target), own, application);
        try {
            writer.section(state, threads);
        } catch (IOException | RuntimeException | Error e) {
            try {
                writer.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
        return writer;
    }

    /**
     * Begins a capture behind what is written, in the same file: for readers everything known ends here and the system is
     * as the lists say.
     *
     * @param state the system as it is now
     * @param threads which threads get into the list
     */
    public void section(SystemState state, Predicate<ThreadInfo> threads) throws IOException {
        metadata.write(state, application, threads);
        containers(state);
    }

    /** Containers and their users have no list of their own: events tell of them, in front of all others, not counted. */
    private void containers(SystemState state) throws IOException {
        long counted = events;
        long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        List<ContainerInfo> known = new ArrayList<>();
        state.containers().forEach(known::add);
        ContainerJson json = new ContainerJson();
        for (ContainerInfo container : known) {
            write(ContainerEvent.of(json, container, now), 0);
        }
        List<Event> accounts = new ArrayList<>();
        for (ContainerInfo container : known) {
            state.users().forEachUser(container.id(), (uid, user) -> accounts.add(ContainerEvent.user(now, container.id(),
                    user.uid(), user.gid(), user.name(), user.home(), user.shell())));
            state.users().forEachGroup(container.id(), (gid, group) -> accounts.add(
                    ContainerEvent.group(now, container.id(), group.gid(), group.name())));
        }
        for (Event account : accounts) {
            write(account, 0);
        }
        events = counted;
    }

    @Override
    public void write(Event event, int flags) throws IOException {
        int kept = flags | event.blockFlags() & ~Event.PCAPNG_OPTIONS;
        long options = event.optionsLength() < OPTION_HEAD ? 0 : optionsLength(event);
        int head = ScapReader.BLOCK_HEADER + CPU_WIDTH + (kept == 0 ? 0 : FLAGS_WIDTH);
        int length = event.length();
        int padding = -(head + length) & 3;
        long total = head + length + padding + options + Integer.BYTES;
        output.room(total);
        MemorySegment to = output.buffer;
        long at = output.position;
        boolean large = total > ScapReader.MAX_SMALL_BLOCK;
        if (kept == 0) {
            to.set(I32, at, large ? BlockType.EVENT_LARGE : BlockType.EVENT_V2);
        } else {
            to.set(I32, at, large ? BlockType.EVENT_FLAGS_LARGE : BlockType.EVENT_FLAGS_V2);
            to.set(I32, at + head - FLAGS_WIDTH, kept);
        }
        to.set(I32, at + 4, (int) total);
        to.set(I16, at + ScapReader.BLOCK_HEADER, (short) event.cpu());
        MemorySegment.copy(event.segment(), event.offset(), to, at + head, length);
        for (int i = 0; i < padding; i++) {
            to.set(ValueLayout.JAVA_BYTE, at + head + length + i, (byte) 0);
        }
        if (options > 0) {
            copyOptions(event, to, at + head + length + padding, options);
        }
        to.set(I32, at + total - Integer.BYTES, (int) total);
        output.position += total;
        output.waitingEvents++;
        events++;
    }

    /**
     * Records the events that come next in a file as far as their blocks can be copied as they are: with the same outcome as
     * if each was read and written.
     *
     * @param blocks finds them; the same for all calls
     * @return how many events these are; 0 if the next event must be read and written
     */
    public long copy(ScapReader reader, UnchangedBlocks blocks) throws IOException {
        long start = reader.next(blocks, output.free());
        if (start < 0) {
            return 0;
        }
        long length = blocks.end() - start;
        MemorySegment.copy(reader.window(), start, output.buffer, output.position, length);
        output.position += length;
        output.waitingEvents += blocks.events();
        events += blocks.events();
        return blocks.events();
    }

    /** How long the options of the event's block are, their end included; 0 if there are none. */
    private long optionsLength(Event event) {
        long start = EventOptions.start(event);
        long body = chain(event.segment(), start, event.optionsOffset() + event.optionsLength());
        if (body == 0) {
            return 0;
        }
        if (event.pcapngOptions()) {
            return body + OPTION_HEAD;
        }
        if (body + OPTION_HEAD > MAX_OPTION) {
            droppedOptions++;
            return 0;
        }
        return OPTION_HEAD + OPTION_HEAD + body + OPTION_HEAD;
    }

    /** Length of a chain of tags or options (u16 code, u16 length, value padded to 4) up to code 0 or the end. */
    private static long chain(MemorySegment segment, long start, long end) {
        long at = start;
        while (at + OPTION_HEAD <= end && segment.get(I16, at) != 0) {
            long next = at + OPTION_HEAD + (Short.toUnsignedInt(segment.get(I16, at + 2)) + 3 & ~3);
            if (next > end) {
                break;
            }
            at = next;
        }
        return Math.max(0, at - start);
    }

    private static void copyOptions(Event event, MemorySegment to, long at, long length) {
        long start = EventOptions.start(event);
        long end = at + length - OPTION_HEAD;
        if (event.pcapngOptions()) {
            MemorySegment.copy(event.segment(), start, to, at, end - at);
        } else {
            long body = at + 2 * OPTION_HEAD;
            to.set(I16, at, (short) EventOptions.CUSTOM_OPTION);
            to.set(I16, at + 2, (short) (end - at - OPTION_HEAD));
            to.set(I32, at + OPTION_HEAD, EventOptions.ENTERPRISE);
            MemorySegment.copy(event.segment(), start, to, body, end - body);
        }
        to.set(I32, end, 0);
    }

    @Override
    public void flush() throws IOException {
        output.flush();
    }

    /** How many events were recorded, whatever became of them. */
    long recorded() {
        return events;
    }

    @Override
    public long events() {
        return events - output.droppedEvents();
    }

    /** How many events' tags were left out because they are longer than an option can be. */
    public long droppedOptions() {
        return droppedOptions;
    }

    /** How many bytes the file has, those that wait included; with gzip, as far as can be told while they wait. */
    public long bytes() {
        return output.bytes();
    }

    /** Has the file completed without waiting for it; nothing more may be written. */
    void finish() throws IOException {
        try {
            output.finish();
        } finally {
            if (own != null) {
                own.close();
            }
        }
    }

    /** Has something done behind all that was asked for so far, by whoever does that. */
    void afterwards(OutputQueue.Work work) {
        output.afterwards(work);
    }

    @Override
    public void close() throws IOException {
        try {
            output.close();
        } finally {
            if (own != null) {
                own.close();
            }
        }
    }
}
