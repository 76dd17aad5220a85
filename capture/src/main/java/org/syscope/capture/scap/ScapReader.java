package org.syscope.capture.scap;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.MalformedEventException;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.SystemState;

/**
 * Reads a capture file, plain or gzip, of any generation; the format is drawn in this package's description. The lists
 * before the events fill a {@link SystemState}; events are then given out one by one, numbered from 1, as views of the
 * file's own bytes. Where another capture is appended, the state begins anew and the numbers go on.
 *
 * <p>A damaged or truncated file gives every event before the fault, then a {@link CaptureFormatException}; asking again
 * gives the same exception again. At the end of a file that still grows, asking again later goes on. Events of types that
 * a newer version wrote and blocks of other kinds are passed over and counted. Not thread safe.
 */
public final class ScapReader implements EventSource {

    /** Blocks with events that are not LARGE are at most so long, bytes. */
    static final int MAX_SMALL_BLOCK = (64 << 10) + 8;

    /** Type and length. */
    static final int BLOCK_HEADER = 8;
    /** Type, length, and the length again behind the body. */
    static final int BLOCK_FRAME = 12;
    private static final int SECTION_HEADER_LENGTH = 28;
    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int MAX_MAJOR_VERSION = 1;
    private static final int CPU_WIDTH = 2;
    private static final int FLAGS_WIDTH = 4;
    private static final int TYPE_OFFSET = 20;
    private static final int GZIP_MAGIC = 0x8b1f;
    private static final String SHORTER = "the file became shorter while it was read";

    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String file;
    private final BlockInput input;
    private final SystemState state;
    private final MetadataReader metadata;
    private final boolean pipe;
    private OldEvents oldEvents;

    private MemorySegment window = MemorySegment.NULL;
    private long position;
    private long limit;
    private int blockType;
    private long blockLength;
    private long eventPosition;
    private boolean toldIdle;
    private boolean listsOpen;
    private CaptureFormatException failure;

    private long events;
    private long sections;
    private long metadataBlocks;
    private long unknownBlocks;
    private long unknownTypes;
    private int minorVersion;
    private Text writer = Text.EMPTY;

    private ScapReader(String file, BlockInput input, boolean pipe, SystemState state) {
        this.file = file;
        this.input = input;
        this.pipe = pipe;
        this.state = state;
        this.metadata = state == null ? null : new MetadataReader(state);
    }

    /**
     * Opens a capture and reads it up to its first event; of a pipe, waits until there is one.
     *
     * @param name a path, or {@code -} for standard input
     * @param state takes the lists in; null if they are not wanted
     * @throws CaptureFormatException if it is not a capture, or is damaged before its first event
     * @throws IOException if it cannot be opened or read; the message names the file
     */
    public static ScapReader open(String name, SystemState state) throws IOException {
        return name.equals("-") ? openStream("standard input", new FileInputStream(FileDescriptor.in), true, state)
                : open(Path.of(name), name, state);
    }

    private static ScapReader open(Path path, String name, SystemState state) throws IOException {
        if (Files.isDirectory(path)) {
            throw new CaptureFormatException(name, "is a directory, not a capture file");
        }
        try {
            if (!Files.isRegularFile(path)) {
                if (!Files.exists(path)) {
                    throw new NoSuchFileException(name);
                }
                return openStream(name, new FileInputStream(path.toFile()), true, state);
            }
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            ByteBuffer magic = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
            try {
                channel.read(magic, 0);
            } catch (IOException e) {
                channel.close();
                throw new IOException(name + ": " + e.getMessage(), e);
            }
            if (magic.position() == 2 && Short.toUnsignedInt(magic.getShort(0)) == GZIP_MAGIC) {
                boolean members = MemberInput.begins(channel);
                channel.close();
                FileInputStream stream = new FileInputStream(path.toFile());
                return members ? start(new ScapReader(name, new MemberInput(stream), false, state))
                        : openStream(name, stream, false, state);
            }
            return start(new ScapReader(name, new MappedInput(channel), false, state));
        } catch (AccessDeniedException e) {
            throw new IOException(name + ": no permission to read it", e);
        } catch (NoSuchFileException e) {
            throw new IOException(name + ": no such file", e);
        }
    }

    private static ScapReader openStream(String name, FileInputStream stream, boolean pipe, SystemState state)
            throws IOException {
        ByteBuffer head = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
        try {
            while (head.hasRemaining()) {
                if (stream.getChannel().read(head) < 0) {
                    break;
                }
            }
        } catch (IOException e) {
            stream.close();
            throw new IOException(name + ": " + e.getMessage(), e);
        }
        boolean gzip = head.position() == 2 && Short.toUnsignedInt(head.getShort(0)) == GZIP_MAGIC;
        ByteSource source = new PlainSource(stream, head.flip());
        return open(name, gzip ? new GzipSource(source) : source, pipe, state);
    }

    /** Opens a capture whose bytes come from {@code source}; {@code pipe}: with {@link EventSource.Next#IDLE}. */
    static ScapReader open(String name, ByteSource source, boolean pipe, SystemState state) throws IOException {
        return start(new ScapReader(name, new StreamInput(source), pipe, state));
    }

    private static ScapReader start(ScapReader reader) throws IOException {
        try {
            reader.readToFirstEvent();
            return reader;
        } catch (IOException | RuntimeException | Error e) {
            reader.close();
            throw e;
        }
    }

    private void readToFirstEvent() throws IOException {
        if (!fill(BLOCK_HEADER)) {
            if (limit == position && input.fault() == null) {
                throw new CaptureFormatException(file, "is empty, not a capture file");
            }
            checkMagic(limit - position);
            throw shortOf(BLOCK_HEADER, null);
        }
        checkMagic(BLOCK_HEADER);
        while (peek(true) == Next.EVENT && !BlockType.isEvent(blockType)) {
            other();
        }
        listsComplete();
    }

    private void checkMagic(long count) throws CaptureFormatException {
        StringBuilder start = new StringBuilder();
        boolean same = true;
        for (int i = 0; i < Math.min(count, 4); i++) {
            int value = Byte.toUnsignedInt(window.get(ValueLayout.JAVA_BYTE, position + i));
            start.append(i == 0 ? "" : " ").append(Character.forDigit(value >> 4, 16)).append(Character.forDigit(value & 15, 16));
            same &= value == (BlockType.SECTION_HEADER >>> 8 * i & 0xff);
        }
        if (!same) {
            throw new CaptureFormatException(file, "not a capture file: begins with the bytes " + start
                    + ", a capture with 0a 0d 0d 0a");
        }
    }

    @Override
    public Next next(Event event) throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            while (true) {
                Next found = peek(false);
                if (found != Next.EVENT) {
                    return found;
                }
                if (!BlockType.isEvent(blockType)) {
                    other();
                } else if (event(event)) {
                    return Next.EVENT;
                }
            }
        } catch (CaptureFormatException e) {
            failure = e;
            throw e;
        } catch (InternalError e) {
            failure = fault(blockType, SHORTER);
            failure.initCause(e);
            throw failure;
        }
    }

    /**
     * Finds the blocks that can be copied as they are and come next, and goes behind them; they count as given out. They lie
     * in {@link #window()} and are valid until the next call.
     *
     * @param room how many bytes they may have
     * @return where they begin; -1 if there are none, so that {@link #next} has to be asked
     */
    long next(UnchangedBlocks blocks, long room) throws CaptureFormatException {
        if (failure != null || position == limit) {
            return -1;
        }
        long start = position;
        try {
            blocks.find(window, start, Math.min(limit, start + room));
        } catch (InternalError e) {
            failure = fault(blockType, SHORTER);
            failure.initCause(e);
            throw failure;
        }
        if (blocks.events() == 0) {
            return -1;
        }
        if (listsOpen) {
            listsComplete();
        }
        position = blocks.end();
        events += blocks.events();
        return start;
    }

    /** The memory that blocks lie in. */
    MemorySegment window() {
        return window;
    }

    /**
     * Makes the next block whole in the window and reads its type and length.
     *
     * @return EVENT if there is one, of any type
     */
    private Next peek(boolean wait) throws IOException {
        if (limit - position < BLOCK_HEADER) {
            if (pipe && !wait && !toldIdle && input.wouldWait()) {
                toldIdle = true;
                return Next.IDLE;
            }
            toldIdle = false;
            if (!fill(BLOCK_HEADER)) {
                if (limit != position || input.fault() != null) {
                    throw shortOf(BLOCK_HEADER, null);
                }
                return end();
            }
        }
        blockType = window.get(I32, position);
        blockLength = Integer.toUnsignedLong(window.get(I32, position + 4));
        if (limit - position < blockLength || blockLength < BLOCK_FRAME) {
            wholeBlock();
        }
        return Next.EVENT;
    }

    /** The rare cases of {@link #peek}: a length that cannot be, and a block that reaches beyond the window. */
    private void wholeBlock() throws IOException {
        if (blockLength < BLOCK_FRAME) {
            throw fault(blockType, "a block of " + blockLength + " bytes cannot be: the file is damaged");
        }
        checkLength();
        if (!fill(blockLength)) {
            throw shortOf(blockLength, BlockType.name(blockType));
        }
    }

    private void checkLength() throws CaptureFormatException {
        if (blockLength % 4 != 0 && !BlockType.isKnown(blockType)) {
            throw fault(blockType, "neither the type nor the length of " + blockLength
                    + " bytes is a block's: the file is damaged");
        }
        boolean small = BlockType.isEvent(blockType)
                && blockType != BlockType.EVENT_LARGE && blockType != BlockType.EVENT_FLAGS_LARGE;
        if (small && blockLength > MAX_SMALL_BLOCK) {
            throw fault(blockType, "the block says it has " + blockLength + " bytes, more than the " + MAX_SMALL_BLOCK
                    + " that its type allows: the file is damaged");
        }
    }

    private Next end() throws CaptureFormatException {
        listsComplete();
        if (metadataBlocks == 0 && unknownBlocks > 0 && events == 0 && unknownTypes == 0) {
            throw new CaptureFormatException(file, "holds no system calls, only " + unknownBlocks
                    + " blocks of other kinds: perhaps a capture of network packets");
        }
        return Next.END;
    }

    private boolean fill(long wanted) throws IOException {
        try {
            position = input.fill(position, wanted);
        } catch (CaptureFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        window = input.window;
        limit = input.limit;
        return limit - position >= wanted;
    }

    /** Points the view at the event of the block, and goes behind it; false if its type is not known here. */
    private boolean event(Event event) throws IOException {
        if (listsOpen) {
            listsComplete();
        }
        long start = position;
        long length = blockLength;
        if (window.get(I32, start + length - 4) != (int) length || length > MAX_SMALL_BLOCK) {
            checkTrailer();
            checkLength();
        }
        long at = start + BLOCK_HEADER;
        int cpu = Short.toUnsignedInt(window.get(I16, at));
        at += CPU_WIDTH;
        int flags = Event.PCAPNG_OPTIONS;
        boolean old = false;
        switch (blockType) {
            case BlockType.EVENT_FLAGS_V2, BlockType.EVENT_FLAGS_LARGE -> {
                flags |= window.get(I32, at);
                at += FLAGS_WIDTH;
            }
            case BlockType.EVENT_FLAGS -> {
                flags |= window.get(I32, at);
                at += FLAGS_WIDTH;
                old = true;
            }
            case BlockType.EVENT, BlockType.EVENT_OLD -> old = true;
            default -> {
                // EV_V2: the event follows
            }
        }
        long available = start + length - 4 - at;
        if (available < OldEvents.HEADER_LENGTH) {
            throw fault(blockType, "an event's header needs " + (old ? OldEvents.HEADER_LENGTH : Event.HEADER_LENGTH)
                    + " bytes, " + available + " are in the block");
        }
        if (!EventType.known(Short.toUnsignedInt(window.get(I16, at + TYPE_OFFSET)))) {
            unknownTypes++;
            behind(start, length);
            return false;
        }
        try {
            if (old) {
                if (oldEvents == null) {
                    oldEvents = new OldEvents();
                }
                oldEvents.convert(window, at, available);
                event.wrap(oldEvents.segment(), 0, oldEvents.available(), cpu, flags);
            } else {
                event.wrap(window, at, available, cpu, flags);
            }
        } catch (MalformedEventException | DamagedBlockException e) {
            throw fault(blockType, e.getMessage());
        }
        behind(start, length);
        event.number(++events);
        return true;
    }

    private void behind(long start, long length) {
        eventPosition = start;
        position = start + length;
    }

    private void checkTrailer() throws CaptureFormatException {
        long trailer = Integer.toUnsignedLong(window.get(I32, position + blockLength - 4));
        if (trailer != blockLength) {
            throw fault(blockType, "the block's length is " + blockLength + " at its start and " + trailer
                    + " at its end: the file is damaged");
        }
    }

    /** Takes in a block that is not an event, and goes behind it. */
    private void other() throws IOException {
        if (blockType == BlockType.SECTION_HEADER) {
            section();
        } else if (sections == 0) {
            throw fault(blockType, "the first block is not a section header");
        } else {
            checkTrailer();
            BlockCursor body = new BlockCursor(window, position + BLOCK_HEADER, position + blockLength - 4);
            try {
                if (blockType == BlockType.WRITER) {
                    writer = WriterBlock.application(body);
                } else if (metadata != null && metadata.read(blockType, body)) {
                    listsOpen = true;
                    metadataBlocks++;
                } else if (metadata == null && BlockType.isMetadata(blockType)) {
                    metadataBlocks++;
                } else {
                    unknownBlocks++;
                }
            } catch (DamagedBlockException e) {
                throw fault(blockType, e.getMessage() + ": the file is damaged");
            }
        }
        position += blockLength;
    }

    private void section() throws CaptureFormatException {
        if (blockLength < SECTION_HEADER_LENGTH) {
            throw fault(blockType, "a section header needs " + SECTION_HEADER_LENGTH + " bytes, it has " + blockLength);
        }
        int magic = window.get(I32, position + 8);
        if (magic != BYTE_ORDER_MAGIC) {
            throw fault(blockType, magic == Integer.reverseBytes(BYTE_ORDER_MAGIC)
                    ? "written on a big-endian machine: only little-endian captures can be read"
                    : "the byte order mark is damaged");
        }
        int major = Short.toUnsignedInt(window.get(I16, position + 12));
        if (major > MAX_MAJOR_VERSION) {
            throw fault(blockType, "written in version " + major + " of the format: this version reads up to "
                    + MAX_MAJOR_VERSION);
        }
        minorVersion = Short.toUnsignedInt(window.get(I16, position + 14));
        if (sections > 0 && state != null) {
            state.reset();
        }
        sections++;
        writer = Text.EMPTY;
        listsOpen = true;
    }

    private void listsComplete() {
        if (listsOpen && state != null) {
            state.listsComplete();
        }
        listsOpen = false;
    }

    private CaptureFormatException shortOf(long wanted, String block) {
        long left = limit - position;
        String reason = input.fault() != null ? input.fault() : "the file is truncated";
        return new CaptureFormatException(file, input.windowStart + position, input.compressed(), block,
                "expected " + wanted + " bytes, " + left + (left == 1 ? " is left: " : " are left: ") + reason
                        + (block == null || BlockType.isKnown(blockType) ? "" : ", or damaged: no such type is known"));
    }

    private CaptureFormatException fault(int type, String reason) {
        return new CaptureFormatException(file, input.windowStart + position, input.compressed(), BlockType.name(type), reason);
    }

    /** The file's name as it was given. */
    public String file() {
        return file;
    }

    /** Whether the file is gzip. */
    public boolean compressed() {
        return input.compressed();
    }

    /** How many events were given out. */
    public long events() {
        return events;
    }

    /** How many captures follow each other in the file, as far as it was read; 1 unless captures were appended. */
    public long sections() {
        return sections;
    }

    /** How many events were passed over because a newer version wrote their types. */
    public long unknownTypes() {
        return unknownTypes;
    }

    /** How many blocks of other kinds were passed over. */
    public long unknownBlocks() {
        return unknownBlocks;
    }

    /** How many fds were listed for threads that the file does not have. */
    public long fdsOfUnknownThreads() {
        return metadata == null ? 0 : metadata.fdsOfUnknownThreads();
    }

    /** The minor version of the format that the last section header says: 0 to 2 so far. */
    public int minorVersion() {
        return minorVersion;
    }

    /** What wrote the last section of the file, if it said so as this project does; empty if not. */
    public Text writer() {
        return writer;
    }

    /** Where the block of the last event begins in the uncompressed data, bytes. */
    public long eventOffset() {
        return input.windowStart + eventPosition;
    }

    /** Where in the file reading could begin with the block of the last event; -1 if it cannot begin there. */
    long entryPoint() {
        return input.entryPoint(eventOffset());
    }

    /**
     * Goes to the block of an event.
     *
     * @param entryPoint what {@link #entryPoint} was for it
     * @param offset what {@link #eventOffset} was for it
     * @param number what its number is
     */
    void seek(long entryPoint, long offset, long number) throws IOException {
        input.seek(entryPoint, offset);
        window = input.window;
        position = 0;
        limit = 0;
        events = number - 1;
        failure = null;
    }

    /** How many bytes of the file were read, compressed ones for gzip. */
    public long fileOffset() {
        return input.fileOffset(position);
    }

    @Override
    public void close() throws IOException {
        window = MemorySegment.NULL;
        limit = 0;
        position = 0;
        input.close();
    }
}
