package io.switchgate.configuration;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * {@code POST /actuator/refresh}: reads the configuration once more and says what that
 * changed. It works where an operator has opened it only.
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
