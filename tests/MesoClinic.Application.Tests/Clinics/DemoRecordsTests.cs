using MesoClinic.Application.Clinics.Demo;
using MesoClinic.Application.Sessions;
using MesoClinic.Data;
using MesoClinic.Data.Accounts;
using MesoClinic.Domain.Clinics;
using MesoClinic.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Clinics;

public sealed class DemoRecordsTests
{
    [Theory]
    [OnSqlite]
    public async Task Every_signed_record_of_the_demo_is_as_it_was_signed_and_most_have_their_points(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var draft = new DemoDraft(Path.Combine(AppContext.BaseDirectory, "seeds", "demo"), TestClinic.Book.Value, new PasswordHasher<ClinicUser>(), clinic.Clock.GetUtcNow().UtcDateTime);
        await clinic.InDatabaseAsync(async db =>
        {
            await db.Clinics.ExecuteDeleteAsync();
            await db.Roles.ExecuteDeleteAsync();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.InsertAsync(draft.Records, CancellationToken.None);
            await db.Sessions.ExecuteUpdateAsync(session => session.SetProperty(s => s.SignedUtc, s => s.EndedUtc));
            await transaction.CommitAsync();
        });

        await clinic.InDatabaseAsync(async db =>
        {
            var assessments = (await db.Assessments.Where(a => a.SessionId != null).Select(a => new { a.Id, a.SessionId }).ToListAsync()).ToLookup(a => a.SessionId, a => a.Id);
            var sessions = await db.Sessions.AsNoTracking().Include(s => s.Areas).Include(s => s.Cocktail).Include(s => s.Consent).AsSplitQuery().ToListAsync();

            Assert.True(sessions.Count > 100);
            Assert.All(sessions, session => Assert.True(SessionContent.Holds(session, new SessionParts([.. assessments[session.Id]], [], []))));
            Assert.True(sessions.Count(session => session.Areas.TrueForAll(area => area.Sites.Count > 0)) > sessions.Count / 2);
        });
    }
}
