using MesoClinic.Application.Audit;
using MesoClinic.Application.Auditing;
using MesoClinic.Application.Staff;
using MesoClinic.Data;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MesoClinic.Application.Tests.Audit;

public sealed class AuditChainTests
{
    private const int Rooms = 6;

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task An_untouched_trail_holds(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var result = await VerifyAsync(clinic, await FillAsync(clinic));
        Assert.True(result.Holds);
        Assert.Equal(Rooms, result.Entries);
    }

    [Theory]
    [InlineData("UPDATE AuditEntries SET Outcome = 'Read' WHERE Sequence = 3", 3)]
    [InlineData("UPDATE AuditEntries SET UserId = NULL WHERE Sequence = 3", 3)]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence = 3", 3)]
    [InlineData("UPDATE AuditEntries SET Sequence = -1 WHERE Sequence = 3; UPDATE AuditEntries SET Sequence = 3 WHERE Sequence = 4; UPDATE AuditEntries SET Sequence = 4 WHERE Sequence = -1", 3)]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence >= 5", 5)]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence >= 5; UPDATE AuditHeads SET Sequence = 4", 4)]
    [InlineData("DELETE FROM AuditEntries", 1)]
    public async Task Tampering_with_the_file_shows_at_the_entry_it_touched(string sql, long brokenAt)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var manager = await FillAsync(clinic);
        await clinic.InDatabaseAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("DROP TRIGGER AuditEntries_append_only_update; DROP TRIGGER AuditEntries_append_only_delete");
            await db.Database.ExecuteSqlRawAsync(sql);
        });
        Assert.Equal(brokenAt, (await VerifyAsync(clinic, manager)).BrokenAt);
    }

    [Fact]
    public async Task Entries_are_filtered_by_person_action_and_day_and_paged()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var manager = await FillAsync(clinic);
        clinic.Clock.Advance(TimeSpan.FromDays(1));
        await clinic.SendAsync(manager, new CreateApiKey.Command { Name = "Desk" });
        var today = clinic.Today;
        Assert.Equal(["CreateApiKey"], (await ListAsync(new ListAuditEntries.Query { From = today })).Entries.Select(entry => entry.Action));
        Assert.Equal(Rooms, (await ListAsync(new ListAuditEntries.Query { Until = today.AddDays(-1) })).Total);
        Assert.Equal(Rooms, (await ListAsync(new ListAuditEntries.Query { Action = nameof(SaveRoom) })).Total);
        Assert.Equal(0, (await ListAsync(new ListAuditEntries.Query { UserId = Guid.NewGuid() })).Total);
        Assert.Empty((await ListAsync(new ListAuditEntries.Query { Number = 2 })).Entries);
        Assert.Equal(1, (await ListAsync(new ListAuditEntries.Query { Order = ListAuditEntries.Order.OldestFirst })).Entries[0].Sequence);
        Assert.IsType<Failure.Invalid>((await clinic.SendAsync(manager, new ListAuditEntries.Query { From = today, Until = today.AddDays(-1) })).Failure);

        async Task<ListAuditEntries.Page> ListAsync(ListAuditEntries.Query query) => (await clinic.SendAsync(manager, query)).Value!;
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task What_was_noted_is_written_by_a_second_try_when_the_first_did_not_commit(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (manager, patient) = (await FillAsync(clinic), await clinic.AddPatientAsync());
        await using var scope = clinic.Scope();
        var (db, trail) = (scope.ServiceProvider.GetRequiredService<ClinicDbContext>(), scope.ServiceProvider.GetRequiredService<AuditTrail>());
        trail.Read("GetChart", patient);

        foreach (var commits in new[] { false, true })
        {
            db.ChangeTracker.Clear();
            await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                await trail.AppendAsync(CancellationToken.None);
                await (commits ? transaction.CommitAsync() : transaction.RollbackAsync());
            });
        }

        trail.Written();
        Assert.False(trail.HasNotes);
        Assert.Equal(patient, Assert.Single(await clinic.InDatabaseAsync(fresh => fresh.AuditEntries.Where(entry => entry.Action == "GetChart").ToListAsync())).PatientId);
        Assert.True((await VerifyAsync(clinic, manager)).Holds);
    }

    private static async Task<Guid> FillAsync(TestClinic clinic)
    {
        var manager = await clinic.AddManagerAsync();
        for (var i = 0; i < Rooms; i++)
        {
            Assert.True((await clinic.SendAsync(manager, new SaveRoom.Command { Name = $"Room {i}" })).Succeeded);
        }

        return manager;
    }

    private static async Task<VerifyAuditChain.Result> VerifyAsync(TestClinic clinic, Guid manager) => (await clinic.SendAsync(manager, new VerifyAuditChain.Query())).Value!;
}
