using System.Security.Cryptography;
using MesoClinic.Application.Clinics.Demo;
using MesoClinic.Application.Photos;
using MesoClinic.Application.Sessions;
using MesoClinic.Data;
using MesoClinic.Data.Accounts;
using MesoClinic.Domain.Clinics;
using MesoClinic.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Application.Tests.Clinics;

public sealed class DemoRecordsTests
{
    [Theory]
    [OnSqlite]
    public async Task Every_signed_record_of_the_demo_is_as_it_was_signed_and_most_have_their_points(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var draft = new DemoDraft(Path.Combine(AppContext.BaseDirectory, "seeds", "demo"), TestClinic.Book.Value, new PasswordHasher<ClinicUser>(), clinic.Clock.GetUtcNow().UtcDateTime);
        await using var scope = clinic.Scope();
        var store = scope.ServiceProvider.GetRequiredService<PhotoStore>();
        await draft.Photos.StoreAsync(store, CancellationToken.None);
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
            var photos = await db.Photos.AsNoTracking().ToListAsync();
            var sessions = await db.Sessions.AsNoTracking().Include(s => s.Areas).Include(s => s.Cocktail).Include(s => s.Consent).AsSplitQuery().ToListAsync();

            Assert.True(sessions.Count > 100);
            foreach (var session in sessions)
            {
                Assert.True(SessionContent.Holds(session, await SessionParts.OfAsync(db, session, CancellationToken.None)));
            }

            Assert.True(sessions.Count(session => session.Areas.TrueForAll(area => area.Sites.Count > 0)) > sessions.Count / 2);

            Assert.All(sessions.SelectMany(session => session.Areas).SelectMany(area => area.Sites), site => Assert.True(site.Done));

            // Their pictures can be opened, and compared: at least two of one view.
            Assert.Contains(photos.GroupBy(photo => (photo.PatientId, photo.View)), same => same.Count() > 2);
            foreach (var photo in photos)
            {
                using var picture = new MemoryStream();
                await store.WriteToAsync(photo, picture, CancellationToken.None);
                Assert.Equal(photo.ContentHash, Convert.ToHexStringLower(SHA256.HashData(picture.ToArray())));
            }
        });
    }
}
