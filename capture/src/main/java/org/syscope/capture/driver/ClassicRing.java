package org.syscope.capture.driver;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.syscope.capture.bpf.BpfException;
import org.syscope.capture.bpf.PerfRing;
import org.syscope.capture.event.EventCodes;

/**
 * The perf ring of one CPU. A sample is u32 CPU, u32 length of the whole, then the event and its options, then up to 7
 * bytes that only fill up.
 *
 * <p>Kernels before 5.1 do not tell a program that its record found no room; only the ring does, with a record in front of
 * the next one. Where the programs have not told of a loss themselves, this makes the notification of it. When the first
 * lost event happened nobody knows then: the time of the last event before them stands for it.
 */
final class ClassicRing implements EventRing {

    private static final int HEAD = 8;
    private static final int EVENT_HEADER = 26;
    private static final int TYPE = 20;
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final PerfRing ring;
    private final int cpu;
    private final LossEvent loss = new LossEvent();
    private MemorySegment notice;
    private boolean noticed;
    private int length;
    private long place;
    private long lastTime;
    private long events;
    private long lost;

    ClassicRing(PerfRing ring, int cpu) {
        this.ring = ring;
        this.cpu = cpu;
    }

    @Override
    public long peek() throws IOException {
        if (notice != null) {
            return 0;
        }
        long sample;
        try {
            sample = ring.next();
        } catch (BpfException damaged) {
            throw new DriverException("bpf driver: " + damaged.getMessage(), damaged.hint(), "", damaged);
        }
        if (sample < 0) {
            return sample;
        }
        MemorySegment data = ring.segment();
        length = ring.length() < HEAD + EVENT_HEADER ? -1 : data.get(U32, sample + Integer.BYTES) - HEAD;
        if (length < EVENT_HEADER || length > ring.length() - HEAD) {
            throw new DriverException("bpf driver: a record of CPU " + cpu + " says that it has " + length
                    + " bytes of " + (ring.length() - HEAD), "please report it", "", null);
        }
        long event = sample + HEAD;
        place = event;
        if (ring.lostHere() > 0 && !noticed && (data.get(U16, event + TYPE) & 0xffff) != EventCodes.PPME_DROP_E) {
            long time = data.get(U64, event);
            notice = loss.write(time, ring.lostHere(), lastTime == 0 ? time : lastTime);
            length = (int) notice.byteSize();
            return 0;
        }
        return event;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public MemorySegment segment() {
        return notice == null ? ring.segment() : notice;
    }

    @Override
    public void take() {
        if (notice != null) {
            notice = null;
            noticed = true;
            lost += ring.lostHere();
            return;
        }
        long event = place;
        lastTime = ring.segment().get(U64, event);
        if ((ring.segment().get(U16, event + TYPE) & 0xffff) != EventCodes.PPME_DROP_E) {
            events++;
        }
        noticed = false;
        ring.take();
    }

    @Override
    public void release() {
        ring.release();
    }

    @Override
    public double fill() {
        return (double) ring.pending() / ring.size();
    }

    @Override
    public int cpu() {
        return cpu;
    }

    /** {@return how many events were taken, notifications of losses not counted} */
    long events() {
        return events;
    }

    /** {@return how many lost events only the ring has told of} */
    long lost() {
        return lost;
    }

    /** So many more were lost behind the last event, as is seen when all was read. */
    void lose(long missing) {
        lost += missing;
    }

    /** {@return time of the last event taken, ns since the epoch; 0 before the first} */
    long lastTime() {
        return lastTime;
    }
}
