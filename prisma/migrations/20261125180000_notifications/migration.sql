-- Whom to tell of shifts, what was told, and what became of each delivery.
CREATE TABLE "notification_routes" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "target" JSONB NOT NULL,
    "secret" TEXT,
    "filter" JSONB NOT NULL DEFAULT '{}',
    "digest" TEXT NOT NULL DEFAULT 'none',
    "max_age_days" INTEGER DEFAULT 60,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_routes_pkey" PRIMARY KEY ("project_id","id")
);

CREATE TABLE "notification_messages" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "shift_number" INTEGER,
    "kind" TEXT NOT NULL,
    "cycle" INTEGER NOT NULL DEFAULT 1,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "body" JSONB NOT NULL,

    CONSTRAINT "notification_messages_pkey" PRIMARY KEY ("project_id","id")
);

CREATE TABLE "notification_deliveries" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "message_id" INTEGER NOT NULL,
    "route_id" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_at" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "delivered_at" TIMESTAMPTZ(3),
    "reference" TEXT,

    CONSTRAINT "notification_deliveries_pkey" PRIMARY KEY ("project_id","id")
);

CREATE TABLE "notification_attempts" (
    "project_id" INTEGER NOT NULL,
    "id" SERIAL NOT NULL,
    "delivery_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "status" INTEGER,
    "millis" INTEGER NOT NULL,
    "error" TEXT,

    CONSTRAINT "notification_attempts_pkey" PRIMARY KEY ("project_id","id")
);

-- One message of a kind and cycle per shift, whoever tells at the same time.
CREATE UNIQUE INDEX "notification_messages_project_id_shift_number_kind_cycle_key" ON "notification_messages"("project_id", "shift_number", "kind", "cycle");
CREATE UNIQUE INDEX "notification_deliveries_project_id_message_id_route_id_key" ON "notification_deliveries"("project_id", "message_id", "route_id");
CREATE INDEX "notification_deliveries_project_id_route_id_idx" ON "notification_deliveries"("project_id", "route_id");
CREATE INDEX "notification_attempts_project_id_delivery_id_idx" ON "notification_attempts"("project_id", "delivery_id");

ALTER TABLE "notification_routes" ADD CONSTRAINT "notification_routes_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "notification_messages" ADD CONSTRAINT "notification_messages_project_id_shift_number_fkey" FOREIGN KEY ("project_id", "shift_number") REFERENCES "shifts"("project_id", "number") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "notification_messages" ADD CONSTRAINT "notification_messages_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "notification_deliveries" ADD CONSTRAINT "notification_deliveries_project_id_message_id_fkey" FOREIGN KEY ("project_id", "message_id") REFERENCES "notification_messages"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "notification_deliveries" ADD CONSTRAINT "notification_deliveries_project_id_route_id_fkey" FOREIGN KEY ("project_id", "route_id") REFERENCES "notification_routes"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "notification_attempts" ADD CONSTRAINT "notification_attempts_project_id_delivery_id_fkey" FOREIGN KEY ("project_id", "delivery_id") REFERENCES "notification_deliveries"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "notification_routes" ADD CONSTRAINT "notification_routes_channel_check" CHECK ("channel" IN ('webhook', 'slack', 'email', 'github'));
ALTER TABLE "notification_routes" ADD CONSTRAINT "notification_routes_digest_check" CHECK ("digest" IN ('none', 'daily', 'weekly'));
ALTER TABLE "notification_messages" ADD CONSTRAINT "notification_messages_kind_check" CHECK ("kind" IN ('confirmed', 'resolved', 'withdrawn', 'test'));
ALTER TABLE "notification_deliveries" ADD CONSTRAINT "notification_deliveries_state_check" CHECK ("state" IN ('waiting', 'held', 'delivered', 'failed'));
