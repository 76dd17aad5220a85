package org.syscope.capture.scap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.state.SystemState;

/**
 * Several captures as one, their events in order of time, numbered from 1 through all of them. The order in which files
 * are named does not matter.
 *
 * <p>A file's lists are read when its first event is due. If all files before it have ended by then, the state begins
 * anew, as with rotated files; files that overlap in time are parts of one machine's trace: the state goes on, and what
 * the file lists replaces what is there. A damaged file ends where the fault is; when the others have ended too, its
 * exception comes.
 */
public final class MergedCaptures implements EventSource {

    private static final int MAX_UNTIMED = 10_000;

    private final SystemState state;
    private final List<Part> waiting = new ArrayList<>();
    private final List<Part> active = new ArrayList<>();
    private Part current;
    private CaptureFormatException failure;
    private boolean started;
    private long listsRead;
    private long events;
    private long unknownTypes;
    private long unknownBlocks;

    /** One file, and the event of it that comes next. */
    private static final class Part {
        final String file;
        final long firstTime;
        final Event event = new Event();
        ScapReader reader;
        long time;

        Part(String file, long firstTime) {
            this.file = file;
            this.firstTime = firstTime;
            this.time = firstTime;
        }
    }

    /**
     * Looks at the first event of each file.
     *
     * @param files paths; standard input cannot be among them, as it is read twice
     * @param state takes the lists in; null if they are not wanted
     * @throws IOException if a file cannot be opened or is not a capture
     */
    public MergedCaptures(List<String> files, SystemState state) throws IOException {
        this.state = state;
        for (String file : files) {
            if (file.equals("-")) {
                throw new IOException("standard input cannot be read together with other captures");
            }
            waiting.add(new Part(file, firstTime(file)));
        }
        waiting.sort(Comparator.comparingLong(part -> part.firstTime));
    }

    /** Time of the first event that has one; the greatest for a file without such events. */
    private static long firstTime(String file) throws IOException {
        try (ScapReader reader = ScapReader.open(file, null)) {
            Event event = new Event();
            for (int i = 0; i < MAX_UNTIMED && reader.next(event) == Next.EVENT; i++) {
                if (event.timestamp() > 0) {
                    return event.timestamp();
                }
            }
        } catch (CaptureFormatException e) {
            if (e.block() == null || e.offset() <= 0) {
                throw e;
            }
        }
        return Long.MAX_VALUE;
    }

    @Override
    public Next next(Event event) throws IOException {
        if (current != null) {
            advance(current);
        }
        current = earliest();
        if (!waiting.isEmpty() && (current == null || waiting.get(0).firstTime <= current.time)) {
            activate();
            current = earliest();
        }
        if (current == null) {
            if (failure != null) {
                throw failure;
            }
            return Next.END;
        }
        Event found = current.event;
        event.wrap(found.segment(), found.offset(), (long) found.length() + found.optionsLength(), found.cpu(),
                found.blockFlags());
        event.number(++events);
        return Next.EVENT;
    }

    /** Opens waiting files until one has an event that is not after the next one of the others. */
    private void activate() throws IOException {
        while (!waiting.isEmpty() && (current == null || waiting.get(0).firstTime <= current.time)) {
            Part part = waiting.remove(0);
            if (started && active.isEmpty() && state != null) {
                state.reset();
            }
            started = true;
            try {
                part.reader = ScapReader.open(part.file, state);
                listsRead++;
            } catch (CaptureFormatException e) {
                failed(e);
                continue;
            }
            active.add(part);
            part.time = 0;
            advance(part);
            current = earliest();
        }
    }

    private Part earliest() {
        Part best = null;
        for (int i = 0; i < active.size(); i++) {
            Part part = active.get(i);
            if (best == null || part.time < best.time) {
                best = part;
            }
        }
        return best;
    }

    /** Goes to the part's next event; an event without a time keeps its place behind the one before. */
    private void advance(Part part) throws IOException {
        try {
            Next found = part.reader.next(part.event);
            while (found == Next.IDLE) {
                found = part.reader.next(part.event);
            }
            if (found == Next.EVENT) {
                part.time = Math.max(part.time, part.event.timestamp());
                return;
            }
        } catch (CaptureFormatException e) {
            failed(e);
        }
        active.remove(part);
        unknownTypes += part.reader.unknownTypes();
        unknownBlocks += part.reader.unknownBlocks();
        part.reader.close();
    }

    private void failed(CaptureFormatException fault) {
        if (failure == null) {
            failure = fault;
        } else {
            failure.addSuppressed(fault);
        }
    }

    /** Of how many files the lists were taken into the state so far. */
    public long listsRead() {
        return listsRead;
    }

    /** How many events were given out. */
    public long events() {
        return events;
    }

    /** How many events of files that have ended were passed over because a newer version wrote their types. */
    public long unknownTypes() {
        return unknownTypes;
    }

    /** How many blocks of other kinds of files that have ended were passed over. */
    public long unknownBlocks() {
        return unknownBlocks;
    }

    @Override
    public void close() throws IOException {
        IOException problem = null;
        for (Part part : active) {
            try {
                part.reader.close();
            } catch (IOException e) {
                problem = e;
            }
        }
        active.clear();
        if (problem != null) {
            throw problem;
        }
    }
}
