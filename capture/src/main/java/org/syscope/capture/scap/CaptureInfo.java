package org.syscope.capture.scap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.event.Losses;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.MachineInfo;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;

/**
 * What a capture is and holds: found by one pass over it. A damaged file is described up to the fault.
 *
 * @param file its name as it was given
 * @param compressed whether it is gzip
 * @param writer what wrote it; empty if it does not say
 * @param minorVersion of the format, 0 to 2 so far
 * @param sections how many captures follow each other in it
 * @param machine the machine of the last section
 * @param threads how many threads its first lists have
 * @param events how many events
 * @param stateOnly how many of them are not shown
 * @param firstTime of the first event that has a time, ns since the epoch; 0 if there is none
 * @param lastTime the latest time of an event, ns since the epoch; 0 if there is none
 * @param types events by type code; those with none are absent; most frequent first
 * @param processes events by process, most frequent first
 * @param lost how many events the recorder says it lost
 * @param lossPlaces at how many places
 * @param unknownLossPlaces at how many of them it does not say how many
 * @param gaps where it lost them, in order, at most {@link #MAX_GAPS}
 * @param unknownTypes events of types that a newer version wrote
 * @param unknownBlocks blocks of other kinds
 * @param fault what is wrong with the file; null if nothing is
 */
public record CaptureInfo(String file, boolean compressed, Text writer, int minorVersion, long sections, MachineInfo machine,
        int threads, long events, long stateOnly, long firstTime, long lastTime, List<TypeCount> types,
        List<ProcessCount> processes, long lost, long lossPlaces,
        long unknownLossPlaces, List<Gap> gaps, long unknownTypes, long unknownBlocks,
        CaptureFormatException fault) {

    /** More gaps than these are counted, not listed. */
    public static final int MAX_GAPS = 1000;

    /** How many events have a type. */
    public record TypeCount(int typeCode, long events) {
    }

    /** How many events a process has; pid -1 for events without one. */
    public record ProcessCount(long pid, Text name, long events) {
    }

    /**
     * A place where the recorder lost events.
     *
     * @param since time of the first lost one, ns since the epoch; of the start of dropping if only that is known
     * @param until when it was told, ns since the epoch
     * @param lost how many; -1 if not known
     * @param cpu where
     */
    public record Gap(long since, long until, long lost, int cpu) {
    }

    /** Reads the whole file. */
    public static CaptureInfo of(String file) throws IOException {
        SystemState state = new SystemState(null);
        try (ScapReader reader = ScapReader.open(file, state)) {
            return new Count(reader, state).run();
        }
    }

    /** The counters of one pass. */
    private static final class Count {

        private static final Text NO_PROCESS = Text.EMPTY;

        private final ScapReader reader;
        private final SystemState state;
        private final Event event = new Event();
        private final Losses losses = new Losses();
        private final long[] types = new long[EventCodes.COUNT];
        private final Map<Long, Process> processes = new HashMap<>();
        private final List<Gap> gaps = new ArrayList<>();
        private long stateOnly;
        private long firstTime;
        private long lastTime;

        /** A process while it is counted; a pid that comes again under another name goes on as another one. */
        private static final class Process {
            final long pid;
            final Text name;
            long events;
            Process before;

            Process(long pid, Text name) {
                this.pid = pid;
                this.name = name;
            }
        }

        Count(ScapReader reader, SystemState state) {
            this.reader = reader;
            this.state = state;
        }

        CaptureInfo run() throws IOException {
            int threads = state.threads().size();
            CaptureFormatException fault = null;
            try {
                EventSource.Next found = reader.next(event);
                while (found != EventSource.Next.END) {
                    if (found == EventSource.Next.EVENT) {
                        count();
                    }
                    found = reader.next(event);
                }
            } catch (CaptureFormatException e) {
                fault = e;
            }
            List<TypeCount> byType = new ArrayList<>();
            for (int code = 0; code < types.length; code++) {
                if (types[code] > 0) {
                    byType.add(new TypeCount(code, types[code]));
                }
            }
            byType.sort(Comparator.comparingLong(TypeCount::events).reversed());
            List<ProcessCount> byProcess = new ArrayList<>();
            for (Process last : processes.values()) {
                for (Process each = last; each != null; each = each.before) {
                    byProcess.add(new ProcessCount(each.pid, each.name, each.events));
                }
            }
            byProcess.sort(Comparator.comparingLong(ProcessCount::events).reversed().thenComparing(ProcessCount::pid)
                    .thenComparing(ProcessCount::name));
            return new CaptureInfo(reader.file(), reader.compressed(), reader.writer(), reader.minorVersion(),
                    reader.sections(), state.machine(), threads, reader.events(), stateOnly, firstTime, lastTime,
                    List.copyOf(byType), List.copyOf(byProcess), losses.lost(), losses.places(),
                    losses.unknownPlaces(), List.copyOf(gaps), reader.unknownTypes(),
                    reader.unknownBlocks(), fault);
        }

        private void count() {
            state.process(event);
            types[event.typeCode()]++;
            long time = event.timestamp();
            if (time > 0) {
                firstTime = firstTime == 0 ? time : firstTime;
                lastTime = Math.max(lastTime, time);
            }
            if (event.stateOnly()) {
                stateOnly++;
            }
            process();
            if (losses.take(event) && gaps.size() < MAX_GAPS) {
                gaps.add(new Gap(losses.lastSince(), time, losses.lastLost(), event.cpu()));
            }
        }

        private void process() {
            ThreadInfo thread = state.thread();
            long pid = thread == null ? -1 : thread.isInvalid() ? thread.tid : thread.pid;
            Text name = thread == null ? NO_PROCESS : thread.leader().comm;
            Process process = processes.get(pid);
            if (process == null || !process.name.equals(name)) {
                Process renamed = new Process(pid, name);
                renamed.before = process;
                process = renamed;
                processes.put(pid, process);
            }
            process.events++;
        }
    }
}
