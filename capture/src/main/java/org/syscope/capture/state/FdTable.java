package org.syscope.capture.state;

/** The open fds of a process, by number. Threads of a process share their leader's table. */
public final class FdTable {

    private final LongMap<FdInfo> fds = new LongMap<>();

    /** The fd of that number, null if it is not known. */
    public FdInfo get(long fd) {
        return fds.get(fd);
    }

    /** Puts {@code info} at {@code fd}, over what was there. */
    public void put(long fd, FdInfo info) {
        fds.put(fd, info);
    }

    /** Takes {@code fd} out and gives what was there, null if nothing. */
    public FdInfo remove(long fd) {
        return fds.remove(fd);
    }

    /** How many fds are known. */
    public int size() {
        return fds.size();
    }

    /** All known numbers, ascending; a copy. */
    public long[] numbers() {
        return fds.sortedKeys();
    }

    /** Visits all fds in no order; the table must not be changed meanwhile. */
    public void forEach(LongMap.Visitor<? super FdInfo> visitor) {
        fds.forEach(visitor);
    }

    /** Takes everything out. */
    public void clear() {
        fds.clear();
    }
}
