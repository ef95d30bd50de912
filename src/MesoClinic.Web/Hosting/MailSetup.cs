using System.Net.Mail;
using MesoClinic.Application.Booking;

namespace MesoClinic.Web.Hosting;

internal static class MailSetup
{
    /// <summary>The demo clinic writes files whatever is set: its people are made up, their addresses lead nowhere.</summary>
    public static void AddClinicMail(this IServiceCollection services, ClinicOptions options, DataFolder folder, bool demo, string urls) =>
        services.AddSingleton(SettingsOf(options.Mail, folder, demo, urls));

    private static MailSettings SettingsOf(ClinicOptions.MailOptions mail, DataFolder folder, bool demo, string urls)
    {
        var local = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "http://localhost:5080";
        var sends = !demo && !string.IsNullOrWhiteSpace(mail.Host);
        if (sends && !MailAddress.TryCreate(mail.From, out _))
        {
            throw new StartRefused("MesoClinic:Mail:From is missing or no e-mail address; patients must see who writes to them. Set it to the clinic's address, or leave MesoClinic:Mail:Host empty.");
        }

        if (sends && !(Uri.TryCreate(mail.PublicUrl, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"))
        {
            throw new StartRefused("MesoClinic:Mail:PublicUrl is missing or no web address; e-mails link to the portal. Set it to the address that patients use, such as https://portal.clinic.example.");
        }

        return new MailSettings
        {
            Host = sends ? mail.Host : null,
            Port = mail.Port,
            User = string.IsNullOrWhiteSpace(mail.User) ? null : mail.User,
            Password = mail.Password,
            Tls = mail.Tls,
            From = MailAddress.TryCreate(mail.From, out var from) ? from.Address : "clinic@localhost",
            PublicUrl = (string.IsNullOrWhiteSpace(mail.PublicUrl) ? local : mail.PublicUrl).TrimEnd('/'),
            Folder = folder.File("outbox"),
        };
    }
}
