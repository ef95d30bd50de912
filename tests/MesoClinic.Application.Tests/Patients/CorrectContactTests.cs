using MesoClinic.Application.Audit;
using MesoClinic.Application.Complications;
using MesoClinic.Application.Patients;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Patients;

public sealed class CorrectContactTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_manager_corrects_the_contact_without_the_chart_and_the_trail_keeps_both(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, hannah) = (await clinic.AddManagerAsync(), await clinic.AddPatientAsync());
        var before = await ContactAsync(clinic, manager, hannah);

        Assert.True((await clinic.SendAsync(manager, new CorrectContact.Command { PatientId = hannah, Version = before.Version, Phone = "020 7946 0999", Email = " " })).Succeeded);

        var after = await ContactAsync(clinic, manager, hannah);
        Assert.Equal(("020 7946 0999", null), (after.Phone, after.Email));
        Assert.False(after.ChartIsOpen);
        Assert.Equal(hannah, Assert.Single((await clinic.SendAsync(manager, new FindPatients.Query { Text = "0999" })).Value!.Rows).Id);
        var row = (await clinic.SendAsync(manager, new ListAuditEntries.Query { Action = nameof(CorrectContact) })).Value!.Entries.Single(e => e.Outcome == "Done");
        Assert.Equal("Phone: 020 7946 0128 → 020 7946 0999. E-mail: hannah@post.example → none.", row.Detail);
        Assert.True((await clinic.SendAsync(manager, new VerifyAuditChain.Query())).Value!.Holds);
    }

    [Theory]
    [OnSqlite]
    public async Task A_detail_that_is_changed_outside_the_portal_breaks_the_chain(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, hannah) = (await clinic.AddManagerAsync(), await clinic.AddPatientAsync());
        var version = (await ContactAsync(clinic, manager, hannah)).Version;
        Assert.True((await clinic.SendAsync(manager, new CorrectContact.Command { PatientId = hannah, Version = version, Phone = "020 7946 0999" })).Succeeded);

        await clinic.InDatabaseAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER AuditEntries_append_only_update");
            await db.Database.ExecuteSqlRawAsync("UPDATE AuditEntries SET Detail = 'Phone: none' WHERE Detail IS NOT NULL");
        });

        Assert.False((await clinic.SendAsync(manager, new VerifyAuditChain.Query())).Value!.Holds);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_wrong_number_is_refused_beside_its_field_and_an_older_version_is_told(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, irina, hannah) = (await clinic.AddManagerAsync(), await clinic.AddCosmetologistAsync(), await clinic.AddPatientAsync());
        var version = (await ContactAsync(clinic, manager, hannah)).Version;

        var bad = await clinic.SendAsync(manager, new CorrectContact.Command { PatientId = hannah, Version = version, Phone = "call me", Email = "hannah(at)post" });
        Assert.Equal(["Email", "Phone"], Assert.IsType<Failure.Invalid>(bad.Failure).Errors.Keys.Order(StringComparer.Ordinal));
        Assert.IsType<Failure.Stale>((await clinic.SendAsync(manager, new CorrectContact.Command { PatientId = hannah, Version = Guid.NewGuid(), Phone = "020 7946 0999" })).Failure);
        Assert.IsType<Failure.Forbidden>((await clinic.SendAsync(irina, new CorrectContact.Command { PatientId = hannah, Version = version })).Failure);

        Assert.Equal((version, "020 7946 0128"), ((await ContactAsync(clinic, manager, hannah)).Version, (await ContactAsync(clinic, manager, hannah)).Phone));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Only_open_complications_are_counted_and_a_cosmetologist_counts_the_own(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, irina) = (await clinic.AddManagerAsync(), await clinic.AddCosmetologistAsync());
        var (mine, other) = (await clinic.AddHealthyPatientAsync(irina), await clinic.AddPatientAsync());
        await clinic.AddComplicationAsync(mine);
        await clinic.AddComplicationAsync(other);
        await clinic.AddComplicationAsync(other, closed: true);

        Assert.Equal(2, (await clinic.SendAsync(manager, new CountOpenComplications.Query())).Value);
        Assert.Equal(1, (await clinic.SendAsync(irina, new CountOpenComplications.Query())).Value);
    }

    private static async Task<GetPatientContact.Contact> ContactAsync(TestClinic clinic, Guid user, Guid patient) => (await clinic.SendAsync(user, new GetPatientContact.Query(patient))).Value!;
}
