package io.switchgate.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.internal.PlatformDependent;

/**
 * Samples the memory of this process to find its peaks.
 */
final class MemoryProbe {

	private static final Path STATUS = Path.of("/proc/self/status");

	private static final int PERIOD_MILLIS = 20;

	private final AtomicLong heap = new AtomicLong();

	private final AtomicLong direct = new AtomicLong();

	private final AtomicLong resident = new AtomicLong();

	static MemoryProbe start() {
		MemoryProbe probe = new MemoryProbe();
		ScheduledExecutorService thread = Executors
			.newSingleThreadScheduledExecutor(new DefaultThreadFactory("memory-probe", true));
		thread.scheduleAtFixedRate(probe::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
		return probe;
	}

	private void look() {
		this.heap.accumulateAndGet(heapBytes(), Math::max);
		this.direct.accumulateAndGet(directBytes(), Math::max);
		this.resident.accumulateAndGet(residentBytes(), Math::max);
	}

	/**
	 * Returns the peaks since the last call.
	 */
	String takePeaks() {
		return "heap=" + this.heap.getAndSet(0) + " direct=" + this.direct.getAndSet(0) + " resident="
				+ this.resident.getAndSet(0);
	}

	static String now() {
		return "heap=" + heapBytes() + " direct=" + directBytes() + " resident=" + residentBytes();
	}

	private static long heapBytes() {
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	private static long directBytes() {
		return PlatformDependent.usedDirectMemory();
	}

	private static long residentBytes() {
		try {
			String line = Files.readAllLines(STATUS)
				.stream()
				.filter((candidate) -> candidate.startsWith("VmRSS:"))
				.findFirst()
				.orElseThrow();
			return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
