-- Dashboards that go out by mail may have a PDF with them.

ALTER TABLE dashboard_mailings ADD COLUMN with_pdf BIGINT NOT NULL DEFAULT 0;
