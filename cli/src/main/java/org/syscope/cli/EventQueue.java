package org.syscope.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.MalformedEventException;

/**
 * Copies of events with what is behind them, first in, first out, outside the Java heap. Memory comes in blocks of 1 MiB
 * that are used again; an event lies in one block, one that is longer gets a block of its own.
 *
 * <pre>
 *  record: | bytes of event and options u32 | cpu u32 | block flags u32 | 0 u32 | event and options, padded to 8 |
 * </pre>
 */
final class EventQueue implements AutoCloseable {

    /** Bytes in front of each event. */
    static final int HEAD = 16;

    private static final int BLOCK = 1 << 20;
    private static final int ALIGN = 8;

    private final ArrayDeque<Block> blocks = new ArrayDeque<>();
    private Block spare;
    private long readAt;
    private long bytes;
    private long size;

    /** Part of the memory: events lie from its start, or from the reading position, to {@code end}. */
    private static final class Block {
        final Arena arena = Arena.ofConfined();
        final MemorySegment memory;
        long end;

        Block(long size) {
            memory = arena.allocate(size, ALIGN);
        }
    }

    private static long padded(long length) {
        return length + (ALIGN - 1) & -ALIGN;
    }

    /** Adds a copy of the event, with these flags of its block beside its own. */
    void add(Event event, int flags) {
        int length = event.length() + event.optionsLength();
        long needed = HEAD + padded(length);
        Block block = blocks.peekLast();
        if (block == null || block.memory.byteSize() - block.end < needed) {
            block = fresh(needed);
            blocks.addLast(block);
        }
        long at = block.end;
        block.memory.set(ValueLayout.JAVA_INT, at, length);
        block.memory.set(ValueLayout.JAVA_INT, at + 4, event.cpu());
        block.memory.set(ValueLayout.JAVA_INT, at + 8, event.blockFlags() | flags);
        MemorySegment.copy(event.segment(), event.offset(), block.memory, at + HEAD, length);
        block.end = at + needed;
        bytes += needed;
        size++;
    }

    private Block fresh(long needed) {
        if (spare != null && needed <= BLOCK) {
            Block block = spare;
            spare = null;
            block.end = 0;
            return block;
        }
        return new Block(Math.max(BLOCK, needed));
    }

    /** How many events there are. */
    long size() {
        return size;
    }

    /** Memory of the events, bytes. */
    long bytes() {
        return bytes;
    }

    /** Points at the oldest event; valid until it is removed. There must be one. */
    void oldest(Event event) throws MalformedEventException {
        view(blocks.getFirst(), readAt, event);
    }

    private static long view(Block block, long at, Event event) throws MalformedEventException {
        int length = block.memory.get(ValueLayout.JAVA_INT, at);
        event.wrap(block.memory, at + HEAD, length, block.memory.get(ValueLayout.JAVA_INT, at + 4),
                block.memory.get(ValueLayout.JAVA_INT, at + 8));
        return at + HEAD + padded(length);
    }

    /** Removes the oldest event. There must be one. */
    void remove() {
        Block block = blocks.getFirst();
        long taken = HEAD + padded(block.memory.get(ValueLayout.JAVA_INT, readAt));
        readAt += taken;
        bytes -= taken;
        size--;
        if (readAt == block.end) {
            blocks.removeFirst();
            readAt = 0;
            if (spare == null && block.memory.byteSize() == BLOCK) {
                spare = block;
            } else {
                block.arena.close();
            }
        }
    }

    /** What is done with each event. */
    @FunctionalInterface
    interface Visitor<E extends Exception> {
        /** Does it; the view is valid until the next one. */
        void visit(Event event) throws E;
    }

    /** Shows every event, oldest first; none is removed. */
    <E extends Exception> void forEach(Visitor<E> visitor) throws E, MalformedEventException {
        Event event = new Event();
        long at = readAt;
        Iterator<Block> each = blocks.iterator();
        while (each.hasNext()) {
            Block block = each.next();
            while (at < block.end) {
                at = view(block, at, event);
                visitor.visit(event);
            }
            at = 0;
        }
    }

    @Override
    public void close() {
        for (Block block : blocks) {
            block.arena.close();
        }
        blocks.clear();
        if (spare != null) {
            spare.arena.close();
            spare = null;
        }
        size = 0;
        bytes = 0;
        readAt = 0;
    }
}
