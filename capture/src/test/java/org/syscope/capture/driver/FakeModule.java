package org.syscope.capture.driver;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.syscope.capture.event.Event;
import org.syscope.capture.linux.ErrnoException;
import org.syscope.capture.linux.Fd;
import org.syscope.capture.linux.Mapping;
import org.syscope.capture.linux.SystemCall;

/** A kernel module whose devices are sparse files with the layout of {@code kmod-src/requests.h}. Keeps what was asked of it. */
final class FakeModule implements ModuleDevices {

    /** Size of struct syscope_settings, which a request's number contains. */
    private static final int SETTINGS_SIZE = 552;
    private static final int ALL_HOOKS = 0x1ff;
    private static final int NO_SUCH_REQUEST = 25;
    private static final long COUNTERS = ModuleRequests.COUNTERS_PAGE * Mapping.pageSize();

    private final Path folder;
    private final int count;
    /** What a request answers instead, by request. */
    final Map<Long, Integer> refusals = new HashMap<>();
    /** Errno of opening a device, 0 for none. */
    int openRefusal;
    int version = ModuleRequests.ABI_VERSION;
    int hooks = ALL_HOOKS;
    final List<String> log = new ArrayList<>();
    final Set<Integer> traced = new TreeSet<>();
    final List<Fd> opened = new ArrayList<>();
    byte[] settings;

    FakeModule(Path folder, int count) {
        this.folder = folder;
        this.count = count;
    }

    private Path file(int cpu) {
        return folder.resolve("device" + cpu);
    }

    @Override
    public Fd open(int cpu) throws ErrnoException {
        if (openRefusal != 0) {
            throw new ErrnoException("/dev/syscope" + cpu, -openRefusal);
        }
        try (RandomAccessFile file = new RandomAccessFile(file(cpu).toFile(), "rw"); Arena arena = Arena.ofConfined()) {
            file.setLength(ModuleRequests.MUTES_PAGE * Mapping.pageSize() + MutedThreads.BYTES);
            Fd fd = new Fd((int) SystemCall.OPENAT.call(-100, arena.allocateFrom(file(cpu).toString()).address(), 2, 0, 0, 0));
            opened.add(fd);
            return fd;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int cpu(long fd) {
        for (int i = 0; i < opened.size(); i++) {
            if (opened.get(i).isOpen() && opened.get(i).number() == fd) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public long request(Fd device, long request, long argument) {
        if (refusals.containsKey(request)) {
            return -refusals.get(request);
        }
        int cpu = cpu(device.number());
        if (request == ModuleRequests.VERSION) {
            return version;
        } else if (request == ModuleRequests.CPUS) {
            return count;
        } else if (request == ModuleRequests.HOOKS) {
            return hooks;
        } else if (request == ModuleRequests.BEGIN) {
            log.add("begin " + cpu + " version " + argument);
        } else if (request == ModuleRequests.JOIN) {
            log.add("join " + cpu + " to " + cpu(argument));
        } else if (request == ModuleRequests.RING) {
            MemorySegment ring = MemorySegment.ofAddress(argument).reinterpret(ModuleRequests.RING_SIZE);
            log.add("ring " + cpu + " of " + ring.get(ValueLayout.JAVA_LONG, 0) + " with "
                    + cpu(ring.get(ValueLayout.JAVA_INT, 8)));
        } else if (request == ModuleRequests.settings(SETTINGS_SIZE)) {
            settings = MemorySegment.ofAddress(argument).reinterpret(SETTINGS_SIZE)
                    .toArray(ValueLayout.JAVA_BYTE);
            log.add("settings");
        } else if (request == ModuleRequests.STOP) {
            log.add("stop");
        } else if (request == ModuleRequests.TRACE) {
            traced.add((int) argument);
        } else if (request == ModuleRequests.FORGET) {
            traced.remove((int) argument);
        } else if (request == ModuleRequests.TRACES) {
            return traced.contains((int) argument) ? 1 : 0;
        } else if (request == ModuleRequests.TRACED) {
            return traced.size();
        } else if (request == ModuleRequests.CALLS) {
            MemorySegment calls = MemorySegment.ofAddress(argument).reinterpret(ModuleRequests.CALL_SIZE);
            calls.set(ValueLayout.JAVA_INT, 0, 77);
            calls.set(ValueLayout.JAVA_LONG, 8, 1000);
            calls.set(ValueLayout.JAVA_INT, 16, 35);
            return 1;
        } else {
            return -NO_SUCH_REQUEST;
        }
        return 0;
    }

    /** Writes a record into a CPU's ring at a position, and moves the ring's end behind it. */
    void write(int cpu, int ring, long position, long time, int type) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(8 + 8 + 32).order(ByteOrder.LITTLE_ENDIAN);
        record.putInt(8 + Event.HEADER_LENGTH).putInt(0).putInt(cpu).putInt(0);
        record.putLong(time).putLong(5).putInt(Event.HEADER_LENGTH).putShort((short) type).putInt(0);
        try (RandomAccessFile file = new RandomAccessFile(file(ring).toFile(), "rw")) {
            file.seek(2L * Mapping.pageSize() + position);
            file.write(record.array());
            file.seek(Mapping.pageSize());
            file.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(position + 48).array());
        }
    }

    /** Sets one of a CPU's counters, by its place in struct syscope_cpu. */
    void count(int cpu, int counter, long value) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(file(cpu).toFile(), "rw")) {
            file.seek(COUNTERS + 8L * counter);
            file.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
        }
    }

    /** The word by which a thread below 16384 is muted, 0 if it is not. */
    long judged(long tid) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(file(0).toFile(), "r")) {
            file.seek(ModuleRequests.MUTES_PAGE * Mapping.pageSize() + 16 * tid);
            return Long.reverseBytes(file.readLong());
        }
    }

    boolean allClosed() {
        return opened.stream().noneMatch(Fd::isOpen);
    }
}
