package org.syscope.capture.state;

/** The open fds of a process, by number. Threads of a process share their leader's table. */
public final class FdTable {

    private LongMap<FdInfo> fds = new LongMap<>();

    /** An empty table. */
    public FdTable() {
    }

    /**
     * A table with the same fds, as a forked child has it. Both tables share the entries until one of them
     * {@linkplain #own changes} one.
     */
    FdTable(FdTable parent) {
        parent.fds.forEachValue(info -> info.set(FdInfo.SHARED, true));
        fds = new LongMap<>(parent.fds);
    }

    /** The fd of that number, to be changed: this table's own copy of it. Null if it is not known. */
    FdInfo own(long fd) {
        FdInfo info = fds.get(fd);
        if (info != null && info.is(FdInfo.SHARED)) {
            info = info.copy();
            fds.put(fd, info);
        }
        return info;
    }

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

    /** Takes out what an exec closes. */
    void removeCloexec() {
        boolean[] found = new boolean[1];
        fds.forEachValue(info -> found[0] |= info.cloexec());
        if (found[0]) {
            for (long number : fds.sortedKeys()) {
                if (fds.get(number).cloexec()) {
                    fds.remove(number);
                }
            }
        }
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
