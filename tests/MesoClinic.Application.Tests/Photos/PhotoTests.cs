using System.Text;
using MesoClinic.Application.Photos;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Photos;
using MesoClinic.Domain.Sessions;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Application.Tests.Photos;

public sealed class PhotoTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_photo_is_stored_encrypted_and_read_back_by_who_may_open_the_chart(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await AgreedAsync(clinic);
        var stranger = await clinic.AddCosmetologistAsync("Linh Tran");

        var id = (await AddAsync(scene, Pictures.Jpeg(orientation: 6))).Must();

        var file = Assert.Single(Directory.GetFiles(clinic.PhotoFolder));
        Assert.DoesNotContain("JFIF", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), StringComparison.Ordinal);
        var picture = await ReadAsync(clinic, scene.Practitioner, id);
        Assert.Equal([0xFF, 0xD8], picture![..2]);
        Assert.DoesNotContain("secret", Encoding.Latin1.GetString(picture), StringComparison.Ordinal);
        Assert.Null(await ReadAsync(clinic, stranger, id));
        var row = Assert.Single((await clinic.SendAsync(scene.Practitioner, new ListPhotos.Query(scene.Patient))).Must().Photos);
        Assert.Equal((PhotoMoment.Before, "face-front", 1, 300, 400), (row.Moment, row.View, row.Session, row.Width, row.Height));
        await clinic.InDatabaseAsync(async db => Assert.Equal(1, await db.AuditEntries.CountAsync(entry => entry.Action == "Photo" && entry.RecordId == id && entry.Outcome == "Read")));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Without_the_patients_own_consent_no_photo_is_taken_and_none_is_shown(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        Assert.Equal(PhotoRules.NoConsent, Assert.IsType<Failure.Conflict>((await AddAsync(scene, Pictures.Jpeg())).Failure).Message);
        var consent = await SignPhotosAsync(scene);
        var id = (await AddAsync(scene, Pictures.Jpeg())).Must();

        Assert.True((await clinic.SendAsync(scene.Practitioner, new WithdrawConsent.Command { ConsentId = consent, Reason = "No more photos" })).Succeeded);

        Assert.Null(await ReadAsync(clinic, scene.Practitioner, id));
        var view = (await clinic.SendAsync(scene.Practitioner, new ListPhotos.Query(scene.Patient))).Must();
        Assert.Equal((false, 1, 0), (view.Agreed, view.Hidden, view.Photos.Count));
        Assert.Equal(PhotoRules.NoConsent, Assert.IsType<Failure.Conflict>((await AddAsync(scene, Pictures.Jpeg())).Failure).Message);
    }

    [Theory]
    [OnSqlite]
    public async Task Patients_see_their_own_photos_and_nobody_elses(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await AgreedAsync(clinic);
        var id = (await AddAsync(scene, Pictures.Png())).Must();
        var own = await clinic.AddPatientAccountAsync(scene.Patient);
        var other = await clinic.AddPatientAccountAsync();

        Assert.Equal(id, Assert.Single((await clinic.SendAsync(own, new GetMyPhotos.Query())).Must().Photos).Id);
        Assert.True((await clinic.SendAsync(own, new ReadMyPhoto.Query(id))).Succeeded);
        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(other, new ReadMyPhoto.Query(id))).Failure);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Photos_of_a_signed_session_are_part_of_it(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.StartedAsync(clinic);
        await SignPhotosAsync(scene);
        var id = (await AddAsync(scene, Pictures.Jpeg())).Must();
        Assert.True((await scene.TrySignAsync()).Succeeded);

        Assert.StartsWith("This session is signed", Assert.IsType<Failure.Conflict>((await AddAsync(scene, Pictures.Jpeg())).Failure).Message, StringComparison.Ordinal);
        foreach (var sql in new[] { "UPDATE Photos SET Moment = 'After'", "UPDATE Photos SET Orientation = 3", "DELETE FROM Photos", "UPDATE Photos SET RemovedUtc = '2026-06-01 09:00:00', Bytes = 1" })
        {
            await clinic.InDatabaseAsync(async db => Assert.IsAssignableFrom<System.Data.Common.DbException>(await Record.ExceptionAsync(() => db.Database.ExecuteSqlRawAsync(sql))));
        }

        Assert.True((await clinic.SendAsync(scene.Practitioner, new RemovePhoto.Command { PhotoId = id, Reason = "Another person in the mirror" })).Succeeded);
        Assert.Null(await ReadAsync(clinic, scene.Practitioner, id));
        await clinic.InDatabaseAsync(async db => Assert.NotEqual("", (await db.Photos.SingleAsync()).Key));
        Assert.Equal(0, await SweepAsync(clinic));
        var gone = Assert.Single((await clinic.SendAsync(scene.Practitioner, new ListPhotos.Query(scene.Patient))).Must().Removed);
        Assert.Equal("Another person in the mirror", gone.Reason);
        Assert.IsType<Failure.Conflict>((await clinic.SendAsync(scene.Practitioner, new RemovePhoto.Command { PhotoId = id, Reason = "Again" })).Failure);
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Before_the_signature_a_removed_photo_is_destroyed_and_its_row_stays(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await AgreedAsync(clinic);
        var id = (await AddAsync(scene, Pictures.Jpeg())).Must();
        var kept = (await AddAsync(scene, Pictures.Jpeg(), session: false)).Must();
        await File.WriteAllTextAsync(Path.Combine(clinic.PhotoFolder, "left-behind.tmp"), "half a photo");

        Assert.True((await clinic.SendAsync(scene.Practitioner, new RemovePhoto.Command { PhotoId = id, Reason = "Wrong patient" })).Succeeded);

        await clinic.InDatabaseAsync(async db => Assert.Equal("", (await db.Photos.SingleAsync(photo => photo.Id == id)).Key));
        Assert.Equal(2, await SweepAsync(clinic));
        Assert.NotNull(await ReadAsync(clinic, scene.Practitioner, kept));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_who_remove_it_at_once_the_second_is_told(bool session)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await AgreedAsync(clinic);
        var id = (await AddAsync(scene, Pictures.Jpeg(), session)).Must();
        clinic.Database.Meanwhile("UPDATE \"Patients\"", "UPDATE Photos SET RemovedUtc = TakenUtc, RemovedById = TakenById, RemovedReason = 'Blurred', Key = ''");

        var second = await clinic.SendAsync(scene.Practitioner, new RemovePhoto.Command { PhotoId = id, Reason = "Wrong patient" });

        Assert.Equal("This photo is removed already.", Assert.IsType<Failure.Conflict>(second.Failure).Message);
    }

    [Theory]
    [OnSqlite]
    public async Task What_is_no_photo_leaves_nothing_behind(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await AgreedAsync(clinic);

        Assert.Contains("no JPEG or PNG", Assert.IsType<Failure.Invalid>((await AddAsync(scene, [.. "MZ program"u8])).Failure).Errors["File"][0], StringComparison.Ordinal);

        Assert.Empty(Directory.GetFiles(clinic.PhotoFolder));
        await clinic.InDatabaseAsync(async db => Assert.Empty(await db.Photos.ToListAsync()));
    }

    [Theory]
    [OnSqlite]
    public async Task A_folder_that_cannot_be_written_is_told_in_words(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await AgreedAsync(clinic);
        await File.WriteAllTextAsync(clinic.PhotoFolder, "a file where the folder should be");

        Assert.Contains("disk is full or cannot be written", Assert.IsType<Failure.Conflict>((await AddAsync(scene, Pictures.Jpeg())).Failure).Message, StringComparison.Ordinal);
        File.Delete(clinic.PhotoFolder);
        Assert.True((await AddAsync(scene, Pictures.Jpeg())).Succeeded);
    }

    [OnSmallDiskFact]
    public async Task A_full_disk_refuses_a_photo_in_words_leaves_nothing_of_it_and_takes_it_when_there_is_room()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await AgreedAsync(clinic);
        using var disk = new SmallDisk(clinic.PhotoFolder, kilobytes: 256);
        var small = (await AddAsync(scene, Pictures.Jpeg())).Must();
        byte[] large = [.. Pictures.Jpeg()[..^2], .. Enumerable.Repeat((byte)7, 500_000), .. Pictures.End];

        Assert.Contains("disk is full or cannot be written", Assert.IsType<Failure.Conflict>((await AddAsync(scene, large)).Failure).Message, StringComparison.Ordinal);

        Assert.Single(Directory.GetFiles(clinic.PhotoFolder));
        await clinic.InDatabaseAsync(async db => Assert.Equal(small, (await db.Photos.SingleAsync()).Id));
        disk.Grow(kilobytes: 1024);
        Assert.NotNull(await ReadAsync(clinic, scene.Practitioner, (await AddAsync(scene, large)).Must()));
        Assert.NotNull(await ReadAsync(clinic, scene.Practitioner, small));
    }

    [Theory]
    [OnSqlite]
    public async Task A_session_takes_so_many_photos_and_no_more(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await AgreedAsync(clinic);
        for (var i = 0; i < new PhotoLimits { Folder = "" }.PerSession; i++)
        {
            (await AddAsync(scene, Pictures.Jpeg())).Must();
        }

        Assert.StartsWith("This session has 30 photos already", Assert.IsType<Failure.Conflict>((await AddAsync(scene, Pictures.Jpeg())).Failure).Message, StringComparison.Ordinal);
        Assert.True((await AddAsync(scene, Pictures.Jpeg(), session: false)).Succeeded);
    }

    [Theory]
    [OnSqlite]
    public async Task A_session_of_another_patient_takes_no_photo_of_this_one(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await AgreedAsync(clinic);

        Assert.IsType<Failure.NotFound>((await clinic.SendAsync(scene.Practitioner, new CheckPhotoUpload.Query(scene.Patient, Guid.NewGuid(), "face-front"))).Failure);
        Assert.Contains("View", Assert.IsType<Failure.Invalid>((await clinic.SendAsync(scene.Practitioner, new CheckPhotoUpload.Query(scene.Patient, null, "../../etc"))).Failure).Errors.Keys);
    }

    private static async Task<SessionScene> AgreedAsync(TestClinic clinic)
    {
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();
        await SignPhotosAsync(scene);
        return scene;
    }

    private static Task<Guid> SignPhotosAsync(SessionScene scene) => scene.SignConsentAsync(c => (c.Kind, c.AppointmentId, c.PatientId) = (ConsentKind.Photos, null, scene.Patient));

    private static async Task<Outcome<Guid>> AddAsync(SessionScene scene, byte[] picture, bool session = true)
    {
        await using var scope = scene.Clinic.Scope();
        var store = scope.ServiceProvider.GetRequiredService<PhotoStore>();
        var received = await store.ReceiveAsync(new MemoryStream(picture), CancellationToken.None);
        if (received.Failure is { } refused)
        {
            return refused;
        }

        var added = await scene.Clinic.SendAsync(scene.Practitioner, new AddPhoto.Command { PatientId = scene.Patient, SessionId = session ? scene.Session : null, View = "face-front", Photo = received.Value });
        if (!added.Succeeded)
        {
            store.Discard(received.Value!.File);
        }

        return added;
    }

    private static async Task<byte[]?> ReadAsync(TestClinic clinic, Guid user, Guid id)
    {
        if ((await clinic.SendAsync(user, new ReadPhoto.Query(id))).Value is not { } photo)
        {
            return null;
        }

        await using var scope = clinic.Scope();
        using var picture = new MemoryStream();
        await scope.ServiceProvider.GetRequiredService<PhotoStore>().WriteToAsync(photo, picture, CancellationToken.None);
        Assert.Equal(photo.Bytes, picture.Length);
        return picture.ToArray();
    }

    private static async Task<int> SweepAsync(TestClinic clinic)
    {
        await using var scope = clinic.Scope();
        return await scope.ServiceProvider.GetRequiredService<PhotoSweep>().SweepAsync(TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5), CancellationToken.None);
    }
}
