package io.switchgate.configuration;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * {@code POST /actuator/refresh}: reloads the configuration and reports what has changed.
 * It works only if the operator has opened it.
 */
@Endpoint(id = "refresh", defaultAccess = Access.NONE)
class RefreshEndpoint {

	private static final int UNPROCESSABLE = 422;

	private final Reload reload;

	RefreshEndpoint(Reload reload) {
		this.reload = reload;
	}

	@WriteOperation
	WebEndpointResponse<RouteChanges> refresh() {
		RouteChanges changes = this.reload.run();
		return new WebEndpointResponse<>(changes,
				changes.errors().isEmpty() ? WebEndpointResponse.STATUS_OK : UNPROCESSABLE);
	}

}
