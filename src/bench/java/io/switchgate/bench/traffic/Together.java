package io.switchgate.bench.traffic;

import java.util.List;

/**
 * Activities that begin and end together.
 *
 * @param activities each with clients of its own
 */
record Together(List<Activity> activities) implements Activity {

	@Override
	public void open() {
		this.activities.forEach(Activity::open);
	}

	@Override
	public void start() {
		this.activities.forEach(Activity::start);
	}

	@Override
	public void stop() {
		this.activities.forEach(Activity::stop);
	}

	@Override
	public long underWay() {
		return this.activities.stream().mapToLong(Activity::underWay).sum();
	}

}
