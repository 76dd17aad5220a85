package org.syscope.capture.event;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A view over one event's bytes in a ring or a file buffer: re-pointed for each event, never allocated for one. The
 * layout is the same on the wire, in files and in memory, little endian and without alignment:
 *
 * <pre>
 *  offset  0        8        16    20     22      26                26 + w * nparams
 *         +--------+--------+-----+------+-------+-----------------+--------------------------+ - - - - +
 *         | ts ns  | tid    | len | type |nparams| length[nparams] | parameters, back to back | options |
 *         | u64    | u64    | u32 | u16  | u32   | w = 2 or 4 bytes|                          |         |
 *         +--------+--------+-----+------+-------+-----------------+--------------------------+ - - - - +
 *         |&lt;-------------------------------- len ------------------------------------------&gt;|
 * </pre>
 *
 * <p>Lengths are 4 bytes wide where the type has {@link EventFlag#LARGE_PAYLOAD}, otherwise 2. What follows the event in
 * its block or ring record (options: enter time, arguments of generic calls) can be looked at through
 * {@link #optionsOffset()}. All bounds are checked in {@link #wrap}; the accessors check only parameter indexes.
 * Source: {@code struct ppm_evt_hdr} of the driver's ppm_events_public.h, and the .scap format description.
 */
public final class Event {

    /** Bytes before the lengths array. */
    public static final int HEADER_LENGTH = 26;

    /** Block flag: the event only updates state and is never shown (fatfile mode). */
    public static final int STATE_ONLY = 1;

    /**
     * Set by readers of files, never written: what is behind the event are pcapng options, as in files, not bare tags as in
     * rings. See {@link EventOptions}.
     */
    public static final int PCAPNG_OPTIONS = 1 << 30;

    /** The tid of events that belong to no thread. */
    public static final long NO_TID = -1;

    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int MAX_PARAMETERS = 256;

    private MemorySegment segment = MemorySegment.NULL;
    private long base;
    private int length;
    private long timestamp;
    private long tid;
    private int typeCode;
    private int parameterCount;
    private int cpu;
    private int blockFlags;
    private long number;
    private long optionsOffset;
    private int optionsLength;
    private final int[] starts = new int[MAX_PARAMETERS + 1];

    /**
     * Points this view at an event.
     *
     * @param segment where the event lies
     * @param offset of its header, bytes
     * @param available bytes that belong to the event and its options: the rest of the block or ring record
     * @param cpu the CPU it comes from, from 0
     * @param blockFlags flags of the block: {@link #STATE_ONLY}, {@link #PCAPNG_OPTIONS}
     * @throws MalformedEventException if a length contradicts another one or what is available
     */
    public void wrap(MemorySegment segment, long offset, long available, int cpu, int blockFlags)
            throws MalformedEventException {
        if (available < HEADER_LENGTH) {
            throw new MalformedEventException("event header needs " + HEADER_LENGTH + " bytes, " + available + " are left");
        }
        this.segment = segment;
        this.base = offset;
        this.timestamp = segment.get(I64, offset);
        this.tid = segment.get(I64, offset + 8);
        this.length = segment.get(I32, offset + 16);
        this.typeCode = Short.toUnsignedInt(segment.get(I16, offset + 20));
        this.parameterCount = segment.get(I32, offset + 22);
        this.cpu = cpu;
        this.blockFlags = blockFlags;
        if (length < HEADER_LENGTH || length > available) {
            throw new MalformedEventException("event of type " + typeCode + " says it has " + Integer.toUnsignedString(length)
                    + " bytes, " + available + " are there");
        }
        if (parameterCount < 0 || parameterCount > MAX_PARAMETERS) {
            throw new MalformedEventException("event of type " + typeCode + " says it has "
                    + Integer.toUnsignedString(parameterCount) + " parameters");
        }
        boolean wide = typeCode < EventCodes.COUNT && EventType.of(typeCode).is(EventFlag.LARGE_PAYLOAD);
        int position = HEADER_LENGTH + parameterCount * (wide ? 4 : 2);
        if (position > length) {
            throw new MalformedEventException("event of type " + typeCode + ": " + parameterCount
                    + " parameter lengths do not fit into " + length + " bytes");
        }
        long lengths = offset + HEADER_LENGTH;
        for (int i = 0; i < parameterCount; i++) {
            starts[i] = position;
            int width = wide ? segment.get(I32, lengths + 4L * i) : Short.toUnsignedInt(segment.get(I16, lengths + 2L * i));
            position += width;
            if (width < 0 || position > length || position < 0) {
                throw new MalformedEventException("event of type " + typeCode + ": parameter " + i + " of "
                        + Integer.toUnsignedString(width) + " bytes ends behind the event's " + length);
            }
        }
        starts[parameterCount] = position;
        this.optionsOffset = offset + length;
        this.optionsLength = (int) (available - length);
    }

    /** Gives the event its number in the capture ({@code evt.num}), from 1. */
    public void number(long value) {
        number = value;
    }

    /** The event's number in the capture, from 1; counts every event that the source delivered. */
    public long number() {
        return number;
    }

    /** Time of the event, ns since the epoch; 2^64-1 is "unknown". */
    public long timestamp() {
        return timestamp;
    }

    /** The thread in whose context it happened; {@link #NO_TID} for events without one. */
    public long tid() {
        return tid;
    }

    /** The CPU, from 0. */
    public int cpu() {
        return cpu;
    }

    /** Whether the event only updates state and must not be shown. */
    public boolean stateOnly() {
        return (blockFlags & STATE_ONLY) != 0;
    }

    /** Whether what is behind the event are pcapng options, as in files. */
    public boolean pcapngOptions() {
        return (blockFlags & PCAPNG_OPTIONS) != 0;
    }

    /** The flags of the block, as given to {@link #wrap}. */
    public int blockFlags() {
        return blockFlags;
    }

    /** The event type code, 0 to 65535: may be one that this version does not know. */
    public int typeCode() {
        return typeCode;
    }

    /** The event type; only for codes that are {@linkplain EventType#known known}. */
    public EventType type() {
        return EventType.of(typeCode);
    }

    /** How many parameters this event carries; can be fewer than its type has today. */
    public int parameterCount() {
        return parameterCount;
    }

    /** The bytes the event lies in. */
    public MemorySegment segment() {
        return segment;
    }

    /** Where the event's header begins in {@link #segment()}. */
    public long offset() {
        return base;
    }

    /** Header, lengths and parameters together, bytes. */
    public int length() {
        return length;
    }

    /** Where the bytes behind the event begin (options, padding, the writer's trailer). */
    public long optionsOffset() {
        return optionsOffset;
    }

    /** How many bytes are behind the event; 0 or more. */
    public int optionsLength() {
        return optionsLength;
    }

    /** Whether the event carries that parameter and it is not empty. */
    public boolean has(int index) {
        return index >= 0 && index < parameterCount && starts[index + 1] > starts[index];
    }

    /** Length of a parameter in bytes; 0 where it is empty or the event does not carry it. */
    public int parameterLength(int index) {
        return index >= 0 && index < parameterCount ? starts[index + 1] - starts[index] : 0;
    }

    /** Where a parameter begins in {@link #segment()}; index 0 to {@link #parameterCount()} - 1. */
    public long parameterOffset(int index) {
        return base + starts[index];
    }

    /**
     * A parameter as a number, sign- or zero-extended by its own width of 1, 2, 4 or 8 bytes.
     *
     * @param signed whether it is sign-extended
     * @param absent what comes where the parameter is empty, is not carried, or has another width
     */
    public long integer(int index, boolean signed, long absent) {
        int width = parameterLength(index);
        if (width == 0) {
            return absent;
        }
        long at = base + starts[index];
        return switch (width) {
            case 8 -> segment.get(I64, at);
            case 4 -> signed ? segment.get(I32, at) : Integer.toUnsignedLong(segment.get(I32, at));
            case 2 -> signed ? segment.get(I16, at) : Short.toUnsignedLong(segment.get(I16, at));
            case 1 -> signed ? segment.get(ValueLayout.JAVA_BYTE, at)
                    : Byte.toUnsignedLong(segment.get(ValueLayout.JAVA_BYTE, at));
            default -> absent;
        };
    }

    /** A signed parameter (fd, pid, errno, INT*). */
    public long signed(int index, long absent) {
        return integer(index, true, absent);
    }

    /** An unsigned parameter (UINT*, flags, uid). */
    public long unsigned(int index, long absent) {
        return integer(index, false, absent);
    }

    /**
     * Length of a string parameter up to its NUL, bytes; 0 where it is empty or not carried. A string without a NUL ends
     * with its parameter.
     */
    public int stringLength(int index) {
        int max = parameterLength(index);
        if (max == 0) {
            return 0;
        }
        long at = base + starts[index];
        for (int i = 0; i < max; i++) {
            if (segment.get(ValueLayout.JAVA_BYTE, at + i) == 0) {
                return i;
            }
        }
        return max;
    }

    /** A copy of a string parameter up to its NUL; {@link Text#EMPTY} where it is empty or not carried. */
    public Text text(int index) {
        int n = stringLength(index);
        return n == 0 ? Text.EMPTY : Text.copyOf(segment, parameterOffset(index), n);
    }

    /** A copy of a parameter's bytes; empty where it is empty or not carried. */
    public byte[] bytes(int index) {
        byte[] copy = new byte[parameterLength(index)];
        if (copy.length > 0) {
            MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, parameterOffset(index), copy, 0, copy.length);
        }
        return copy;
    }
}
